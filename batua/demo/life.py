"""How the demo household lives: a family in Bengaluru, its pay, bills, habits, feasts, journeys. Amounts in rupees."""

from typing import NamedTuple

BANK, CASH, CARD, SAVINGS = "HDFC Bank", "Cash", "ICICI credit card", "Emergency savings"

EVERY_MONTH = tuple(range(1, 13))
QUARTER_ENDS = (3, 6, 9, 12)
ANY_DAY, WORK_DAYS, WEEKEND = range(7), range(5), range(5, 7)


class Purse(NamedTuple):
    """A wallet and what lay in it before the first entry."""

    name: str
    kind: str
    opening: str


class Regular(NamedTuple):
    """Comes once in each of its months; every year, in ``raise_month``, the amount grows by ``raise_percent``."""

    day: int
    category: str
    note: str
    amount: int
    wallet: str = BANK
    spread: int = 0
    months: tuple[int, ...] = EVERY_MONTH
    raise_month: int = 1
    raise_percent: int = 0
    kind: str = "expense"
    comment: str = ""


class Habit(NamedTuple):
    """Happens about so many times a month on such weekdays; each place has its lowest and highest amount."""

    times: int
    category: str
    wallet: str
    places: tuple[tuple[str, int, int], ...]
    weekdays: range = ANY_DAY


class Occasion(NamedTuple):
    """One thing of a feast or a journey, so many days after it begins (before it, when negative)."""

    after: int
    category: str
    note: str
    low: int
    high: int
    wallet: str = CARD
    kind: str = "expense"


class Journey(NamedTuple):
    month: int
    day: int
    places: tuple[str, ...]
    occasions: tuple[Occasion, ...]


class Plan(NamedTuple):
    """A budget: how many months ago which limit began, None when it was stopped."""

    category: str
    limits: tuple[tuple[int, int | None], ...]
    cadence: str = "monthly"
    roll_over: str = "none"


PURSES = (
    Purse(BANK, "bank", "186420.75"),
    Purse(CARD, "card", "-8420.00"),
    Purse(SAVINGS, "savings", "225000.00"),
    Purse(CASH, "cash", "3200.00"),
)

REGULARS = (
    Regular(1, "Salary", "Salary, Meridian Software", 158_400, raise_month=4, raise_percent=8, kind="income"),
    Regular(28, "Salary", "Performance bonus", 96_000, months=(3,), raise_month=3, raise_percent=6, kind="income"),
    Regular(30, "Interest", "Savings interest", 1_690, SAVINGS, 12, QUARTER_ENDS, raise_percent=22, kind="income"),
    Regular(17, "Dividends", "Dividend, ITC", 2_150, months=(6, 2), spread=10, kind="income"),
    Regular(22, "Dividends", "Dividend, Infosys", 1_480, months=(7, 11), spread=10, kind="income"),
    Regular(26, "Refunds & cashback", "Card cashback", 420, CARD, 45, kind="income"),
    Regular(11, "Refunds & cashback", "Income tax refund", 12_860, spread=30, months=(8,), kind="income"),
    Regular(5, "Rent", "House rent", 34_000, raise_month=6, raise_percent=6, comment="To the landlord by UPI."),
    Regular(7, "Rent", "Society maintenance", 3_650, raise_month=4, raise_percent=5),
    Regular(3, "EMI & loans", "Car loan EMI", 12_480),
    Regular(10, "Mutual funds & SIP", "SIP, Parag Parikh Flexi Cap", 10_000, raise_month=4, raise_percent=10),
    Regular(10, "Mutual funds & SIP", "SIP, UTI Nifty 50 Index", 6_000, raise_month=4, raise_percent=10),
    Regular(25, "Mutual funds & SIP", "PPF deposit", 5_000),
    Regular(12, "Electricity & utilities", "BESCOM electricity bill", 1_860, spread=25, raise_percent=4),
    Regular(14, "Electricity & utilities", "BWSSB water bill", 640, spread=15),
    Regular(19, "Electricity & utilities", "Indane gas cylinder", 905, months=(1, 2, 4, 5, 7, 8, 10, 11)),
    Regular(8, "Phone & internet", "Airtel broadband", 1_179, CARD),
    Regular(16, "Phone & internet", "Jio recharge", 349, CARD),
    Regular(21, "Phone & internet", "Airtel mobile recharge", 379, CARD),
    Regular(4, "Subscriptions", "Netflix", 649, CARD),
    Regular(9, "Subscriptions", "Spotify Family", 179, CARD),
    Regular(18, "Subscriptions", "YouTube Premium", 189, CARD),
    Regular(20, "Subscriptions", "Amazon Prime, one year", 1_499, CARD, months=(9,)),
    Regular(2, "Household help", "Maid salary", 3_800, CASH, raise_month=10, raise_percent=7),
    Regular(2, "Household help", "Cook salary", 4_500, CASH, raise_month=10, raise_percent=7),
    Regular(6, "Household help", "Ironing", 620, CASH, 20),
    Regular(6, "Education", "School fees", 29_500, months=(1, 4, 7, 10), raise_month=4, raise_percent=9),
    Regular(5, "Children", "Swimming class for Aarav", 2_400, months=(3, 4, 5, 6, 9, 10, 11), raise_percent=5),
    Regular(3, "Fitness & sports", "Cult membership, three months", 5_850, CARD, months=(1, 4, 7, 10)),
    Regular(15, "Taxes", "Advance tax", 9_400, spread=20, months=QUARTER_ENDS),
    Regular(12, "Insurance", "Star Health insurance premium", 26_840, CARD, months=(8,), raise_percent=9),
    Regular(20, "Insurance", "LIC premium", 18_720, months=(2,)),
    Regular(9, "Insurance", "Acko car insurance", 14_260, CARD, months=(12,), spread=6),
    Regular(28, "Fees & charges", "SMS charges", 18, months=QUARTER_ENDS),
    Regular(13, "Fuel & vehicle", "Car service", 7_450, CARD, 30, months=(4, 10)),
    Regular(27, "Donations", "Akshaya Patra donation", 1_500),
)

HABITS = (
    Habit(5, "Groceries", CARD, (("BigBasket", 680, 2_400), ("DMart", 1_250, 3_600), ("Zepto", 210, 890))),
    Habit(5, "Groceries", BANK, (("Country Delight milk", 320, 560), ("Licious", 430, 980), ("Blinkit", 180, 760))),
    Habit(9, "Groceries", CASH, (("Vegetables", 90, 340), ("Fruit", 120, 420), ("Kirana", 60, 480))),
    Habit(5, "Eating out", CARD, (("Swiggy", 260, 780), ("Zomato", 290, 860), ("Domino's", 410, 920))),
    Habit(
        6, "Eating out", CASH, (("Chai", 20, 60), ("Dosa at CTR", 110, 280), ("Samosa and chai", 50, 120)), WORK_DAYS
    ),
    Habit(2, "Eating out", CARD, (("Toit", 1_450, 3_200), ("Meghana biryani", 820, 1_640)), WEEKEND),
    Habit(2, "Eating out", BANK, (("Third Wave coffee", 240, 560), ("Blue Tokai coffee", 260, 620))),
    Habit(6, "Transport", BANK, (("Namma Yatri", 70, 260), ("Uber to office", 180, 460), ("Ola", 120, 390)), WORK_DAYS),
    Habit(4, "Transport", CASH, (("Auto", 60, 180), ("Bus", 15, 50))),
    Habit(1, "Transport", BANK, (("Metro card", 200, 500),)),
    Habit(3, "Fuel & vehicle", CARD, (("Indian Oil petrol", 1_500, 2_600), ("Shell petrol", 1_800, 2_900))),
    Habit(2, "Fuel & vehicle", BANK, (("FASTag recharge", 300, 500), ("Parking", 40, 120))),
    Habit(3, "Shopping", CARD, (("Amazon", 340, 3_900), ("Flipkart", 420, 3_200), ("Croma", 900, 5_800))),
    Habit(
        1, "Clothes & shoes", CARD, (("Myntra", 890, 3_400), ("Westside", 1_100, 3_900), ("Bata shoes", 1_300, 2_900))
    ),
    Habit(
        2,
        "Health",
        BANK,
        (("Apollo Pharmacy", 140, 1_250), ("Dr. Rao, consultation", 600, 900), ("PharmEasy", 280, 1_400)),
    ),
    Habit(1, "Education", CARD, (("Books, Blossom", 380, 1_450), ("Stationery", 150, 600), ("Udemy course", 449, 699))),
    Habit(1, "Children", CARD, (("FirstCry", 480, 1_900), ("Toys, Hamleys", 650, 2_600))),
    Habit(
        2,
        "Entertainment",
        CARD,
        (("PVR movie", 640, 1_650), ("BookMyShow", 500, 2_400), ("Bowling", 900, 1_800)),
        WEEKEND,
    ),
    Habit(2, "Personal care", BANK, (("Haircut", 180, 550), ("Salon", 700, 1_900), ("Nykaa", 450, 1_700))),
    Habit(1, "Home & repairs", BANK, (("Urban Company", 499, 1_899), ("Electrician", 300, 850), ("Plumber", 350, 900))),
    Habit(1, "Gifts & festivals", CARD, (("Birthday gift", 600, 2_200), ("Flowers", 350, 900))),
    Habit(1, "Pets", BANK, (("Cat food", 620, 1_480), ("Vet", 700, 1_600))),
)

FREELANCE = ("Freelance invoice, Studio Kavi", "Freelance invoice, Lotus Press", "Freelance invoice, Amber Labs")

# What is sent back, and what the shop writes then.
RETURNED = {"Amazon": "Amazon refund", "Flipkart": "Flipkart refund", "Myntra": "Myntra return"}

# One bill for two purposes: the note, and the part that is not groceries.
SPLIT_BILL, SPLIT_CATEGORY = "DMart", "Home & repairs"

DIWALI = (
    Occasion(-18, "Clothes & shoes", "Fabindia, Diwali clothes", 5_200, 9_400),
    Occasion(-12, "Shopping", "Tanishq gold coin", 14_000, 19_500),
    Occasion(-8, "Salary", "Diwali bonus", 42_000, 48_000, BANK, "income"),
    Occasion(-6, "Gifts & festivals", "Diwali gifts", 3_800, 6_900),
    Occasion(-3, "Gifts & festivals", "Sweets, Anand Sweets", 1_650, 2_900),
    Occasion(-2, "Household help", "Diwali bonus for the maid and the cook", 6_000, 7_500, CASH),
    Occasion(-1, "Gifts & festivals", "Rangoli, diyas and crackers", 900, 2_100, CASH),
    Occasion(0, "Donations", "Temple, Diwali puja", 501, 1_101, CASH),
    Occasion(1, "Gifts received", "Shagun from Nani", 2_100, 5_100, CASH, "income"),
)
HOLI = (
    Occasion(-2, "Gifts & festivals", "Holi colours", 280, 640, CASH),
    Occasion(0, "Gifts & festivals", "Gujiya and thandai", 540, 980, CASH),
)
RAKHI = (
    Occasion(-4, "Gifts & festivals", "Rakhi gift", 1_400, 3_200),
    Occasion(0, "Gifts & festivals", "Mithai for Raksha Bandhan", 620, 1_180, CASH),
)

JOURNEYS = (
    Journey(
        5,
        18,
        ("Manali", "Munnar", "Darjeeling"),
        (
            Occasion(-44, "Travel", "IndiGo flights to {place}", 21_000, 29_500),
            Occasion(-21, "Travel", "Hotel in {place}, advance", 9_500, 13_800),
            Occasion(-2, "Shopping", "Decathlon rain jackets", 2_400, 4_900),
            Occasion(0, "Travel", "Airport taxi", 850, 1_350, BANK),
            Occasion(1, "Eating out", "Dinner in {place}", 980, 2_200),
            Occasion(2, "Travel", "Jeep for the day, {place}", 2_800, 4_200, CASH),
            Occasion(3, "Entertainment", "Paragliding in {place}", 3_500, 6_000, BANK),
            Occasion(4, "Eating out", "Lunch in {place}", 620, 1_400, CASH),
            Occasion(5, "Travel", "Hotel in {place}, the rest", 14_500, 19_800),
            Occasion(6, "Travel", "Airport taxi home", 850, 1_350, BANK),
        ),
    ),
    Journey(
        8,
        13,
        ("Coorg", "Ooty", "Gokarna"),
        (
            Occasion(-16, "Travel", "Homestay in {place}", 7_800, 11_500),
            Occasion(0, "Fuel & vehicle", "Petrol on the way to {place}", 2_400, 3_300),
            Occasion(1, "Eating out", "Lunch in {place}", 840, 1_700),
            Occasion(2, "Shopping", "Coffee and spices from {place}", 900, 1_900, CASH),
        ),
    ),
    Journey(
        12,
        22,
        ("Goa", "Puducherry", "Jaipur"),
        (
            Occasion(-52, "Travel", "Air India flights to {place}", 17_500, 24_800),
            Occasion(-6, "Gifts & festivals", "Christmas gifts", 2_600, 5_200),
            Occasion(0, "Travel", "Airport taxi", 850, 1_350, BANK),
            Occasion(1, "Travel", "Scooter hire, {place}", 1_400, 2_100, CASH),
            Occasion(2, "Eating out", "Dinner by the sea, {place}", 2_100, 3_900),
            Occasion(3, "Entertainment", "Concert in {place}", 2_800, 4_800),
            Occasion(4, "Travel", "Hotel in {place}", 22_500, 31_000),
        ),
    ),
)

# Tight enough that most months have one that is over.
PLANS = (
    Plan("Groceries", ((35, 13_000), (20, 14_000), (6, 15_000))),
    Plan("Eating out", ((35, 8_000), (14, 9_000))),
    Plan("Transport", ((35, 3_500),)),
    Plan("Fuel & vehicle", ((24, 9_000),)),
    Plan("Shopping", ((35, 6_000), (11, 7_000))),
    Plan("Electricity & utilities", ((30, 3_200), (12, 3_800))),
    Plan("Entertainment", ((18, 3_500),)),
    Plan("Clothes & shoes", ((30, 3_000), (8, None))),
    Plan("Fitness & sports", ((5, 2_000),), roll_over="both"),
    Plan("Subscriptions", ((5, 1_200),), roll_over="left"),
    Plan("Insurance", ((34, 62_000),), cadence="yearly"),
    Plan("Education", ((34, 36_000),), cadence="quarterly"),
)
