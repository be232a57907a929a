"""What entries are for."""

MERCHANTS = (
    "Swiggy", "BigBasket", "Ola ride", "Uber trip", "Metro card", "Airtel", "Netflix", "Spotify", "HP petrol",
    "Apollo pharmacy", "Decathlon", "Amazon", "Flipkart", "Rent", "Electricity bill", "Water bill", "School fees",
    "Gym", "Barber", "Bookshop", "Cinema", "Chai", "Bakery", "Vegetables", "Milk", "Zomato", "Blinkit", "IRCTC", "SIP",
)  # fmt: skip
