"""The words that speak for each standard category, in India and elsewhere; a phrase beats the shorter word in it."""

from collections.abc import Mapping

from transactions import standard_keywords_abroad as abroad


def _listed(words: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in words.split(",") if word.strip())


_SPENDING: dict[str, tuple[str, ...]] = {
    "Groceries": _listed(
        """
        grocery, groceries, kirana, ration, supermarket, vegetables, vegetable, sabzi, sabji, fruit, fruits,
        milk, doodh, dairy, dahi, curd, paneer, bread, eggs, atta, rice, dal, oil, masala, spices, meat,
        chicken, fish, mandi, bigbasket, big basket, bbnow, blinkit, grofers, zepto, instamart,
        swiggy instamart, jiomart, dmart, d mart, more supermarket, reliance fresh, reliance smart,
        smart bazaar, star bazaar, spencers, nature's basket, ratnadeep, nilgiris, amul, mother dairy, nandini,
        licious, country delight, amazon fresh, walmart, tesco, aldi, lidl, rewe, edeka, carrefour, sainsburys,
        asda, kroger, whole foods, trader joes, costco, lulu hypermarket, coffee powder, tea powder, tea leaves,
        onions, tomatoes, potatoes, किराना, राशन, सब्जी, दूध, फल
        """
    ),
    "Eating out": _listed(
        """
        restaurant, restaurants, dinner, lunch, breakfast, brunch, snacks, takeaway, food delivery, cafe,
        coffee, chai, tea, tiffin, dosa, idli, biryani, thali, pizza, burger, momos, samosa, chaat, ice cream,
        bakery, cake, sweets, mithai, dhaba, canteen, mess, bar, pub, beer, swiggy, zomato, eatsure, uber eats,
        dineout, dominos, pizza hut, mcdonalds, kfc, subway, burger king, starbucks, cafe coffee day, ccd,
        third wave, blue tokai, barista, haldirams, bikanervala, saravana bhavan, chaayos, barbeque nation,
        faasos, behrouz, baskin robbins, doordash, grubhub, deliveroo, just eat, lieferando, foodpanda,
        costa coffee, dunkin, naturals ice cream, chicken biryani, chicken burger, fine dining, food court, चाय,
        खाना, होटल का खाना
        """
    ),
    "Transport": _listed(
        """
        bus, metro, metro card, local train, train, tram, taxi, cab, auto, auto rickshaw, autorickshaw,
        rickshaw, e rickshaw, ola, uber, rapido, namma yatri, blusmart, blablacar, meru, ncmc, best bus, bmtc,
        dtc, msrtc, ksrtc, tsrtc, apsrtc, gsrtc, season ticket, bus pass, rail pass, commute, lyft, grab, tfl,
        oyster, bvg, deutsche bahn, sncf, yulu, बस, रिक्शा
        """
    ),
    "Fuel & vehicle": _listed(
        """
        petrol, diesel, cng, fuel, petrol pump, gas station, hp petrol, hpcl, bpcl, bharat petroleum,
        hindustan petroleum, indian oil, indianoil, iocl, shell, nayara, jio bp, ev charging, charging station,
        tata power ev, parking, toll, fastag, car service, bike service, car wash, puncture, tyre, tyres, tires,
        mechanic, engine oil, puc, pollution certificate, driving licence, exxon, chevron, esso, aral,
        oil change, parking fee, पेट्रोल
        """
    ),
    "Rent": _listed(
        """
        rent, house rent, room rent, flat rent, pg rent, hostel rent, landlord, brokerage for flat, lease,
        society maintenance, maintenance charges, apartment maintenance, housing society, mygate, nobroker,
        nobroker pay, cred rent, storage unit, miete, किराया
        """
    ),
    "Electricity & utilities": _listed(
        """
        electricity, electricity bill, power bill, light bill, current bill, bijli, water bill, water tanker,
        water can, gas bill, gas cylinder, gas connection, piped gas, lpg, cylinder, indane, hp gas, bharat gas,
        igl, mgl, mahanagar gas, indraprastha gas, adani gas, bescom, msedcl, mahavitaran, tneb, tangedco, bses,
        tata power, adani electricity, torrent power, uppcl, cesc, kseb, bwssb, delhi jal board, sewage,
        garbage, heating, utility, utilities, strom, stadtwerke, बिजली, पानी का बिल
        """
    ),
    "Phone & internet": _listed(
        """
        mobile recharge, phone recharge, recharge, prepaid, postpaid, mobile bill, phone bill, broadband,
        internet, wifi, wi fi, fibre, fiber, data pack, sim, jio, jiofiber, airtel, airtel xstream, vodafone,
        vodafone idea, bsnl, mtnl, act fibernet, hathway, tata play fiber, excitel, verizon, tmobile, t mobile,
        comcast, xfinity, telekom, landline, रिचार्ज
        """
    ),
    "EMI & loans": _listed(
        """
        emi, loan, home loan, car loan, personal loan, education loan, gold loan, bike loan, loan emi,
        home loan emi, car loan emi, loan repayment, prepayment, foreclosure, mortgage, bajaj finance,
        bajaj finserv, hdb financial, muthoot, manappuram, lic housing, lic hfl, home credit, kreditbee,
        lazypay, simpl, klarna, student loan, loan interest
        """
    ),
    "Mutual funds & SIP": _listed(
        """
        sip, mutual fund, mutual funds, elss, nps, ppf, epf contribution, fixed deposit, recurring deposit,
        sukanya samriddhi, gold bond, sovereign gold bond, digital gold, stocks, shares, etf, index fund, demat,
        zerodha, groww, kuvera, upstox, coin by zerodha, paytm money, et money, angel one, indmoney, smallcase,
        icici direct, hdfc securities, camsonline, kfintech, bse star mf, indian clearing corp, iccl,
        parag parikh, ppfas, vanguard, bitcoin, crypto, savings plan
        """
    ),
    "Insurance": _listed(
        """
        insurance, insurance premium, premium, life insurance, health insurance, term insurance, term plan,
        mediclaim, lic, lic premium, car insurance, bike insurance, vehicle insurance, travel insurance,
        policybazaar, acko, digit insurance, star health, niva bupa, max bupa, care health, hdfc life,
        hdfc ergo, icici prudential, icici lombard, sbi life, max life, bajaj allianz, tata aia,
        new india assurance, allianz, geico
        """
    ),
    "Subscriptions": _listed(
        """
        subscription, subscriptions, membership, netflix, hotstar, disney, disney plus, jiocinema, jiohotstar,
        amazon prime, prime video, sonyliv, sony liv, zee5, sun nxt, youtube premium, youtube music, spotify,
        gaana, jiosaavn, apple music, apple tv, icloud, google one, dropbox, microsoft 365, office 365, adobe,
        canva, notion, chatgpt, openai, github, linkedin premium, audible, kindle unlimited, newspaper,
        magazine, tata play, dish tv, d2h, cable tv, dth, hulu, hbo
        """
    ),
    "Shopping": _listed(
        """
        shopping, amazon, flipkart, meesho, snapdeal, tata cliq, tatacliq, croma, reliance digital, vijay sales,
        electronics, laptop, mobile phone, headphones, charger, gadget, titan, tanishq, jewellery, jewelry,
        luggage, ebay, etsy, aliexpress, argos, apple store, samsung, wrist watch, smartwatch
        """
    ),
    "Clothes & shoes": _listed(
        """
        clothes, clothing, shirt, tshirt, t shirt, jeans, dress, saree, sari, kurta, kurti, lehenga, shoes,
        footwear, sandals, chappal, tailor, tailoring, stitching, myntra, ajio, nykaa fashion, westside,
        pantaloons, shoppers stop, max fashion, zudio, fabindia, biba, manyavar, bata, uniqlo, zara, nike,
        adidas, puma, levis, zalando, primark, decathlon, lifestyle stores, reliance trends, कपड़े
        """
    ),
    "Health": _listed(
        """
        doctor, hospital, clinic, medicine, medicines, medical, pharmacy, chemist, dawai, tablets, lab test,
        blood test, diagnostics, xray, x ray, mri, dentist, dental, eye checkup, optician, spectacles, glasses,
        contact lenses, lenskart, physiotherapy, consultation, checkup, vaccine, vaccination, therapy,
        therapist, apollo, apollo pharmacy, netmeds, pharmeasy, 1mg, tata 1mg, medplus, practo, fortis,
        manipal hospital, narayana, aiims, thyrocare, lal pathlabs, cvs, walgreens, apotheke, mri scan, ct scan,
        max healthcare, दवा, दवाई, डॉक्टर
        """
    ),
    "Fitness & sports": _listed(
        """
        gym, fitness, yoga, zumba, pilates, swimming, badminton, cricket, football, tennis, turf, playo, cult,
        cultfit, cult fit, gold's gym, anytime fitness, protein powder, cycling, marathon, sports club,
        trekking, strava
        """
    ),
    "Education": _listed(
        """
        school, school fees, school fee, college, college fees, university, tuition, tuition fees, coaching,
        course, courses, exam, exam fee, exam fees, books, textbooks, stationery, library, udemy, coursera,
        byjus, unacademy, vedantu, physics wallah, aakash, crossword, amazon kindle, kindle, classes, training,
        workshop, nursery fees, allen career, फीस
        """
    ),
    "Children": _listed(
        """
        child, children, kid, kids, baby, diapers, diaper, pampers, huggies, toys, toy, daycare, day care,
        creche, playschool, play school, nanny, babysitter, school bus, school uniform, firstcry, hamleys,
        hopscotch, baby food, cerelac, pocket money, lego, kita
        """
    ),
    "Household help": _listed(
        """
        maid, maid salary, cook, cook salary, driver salary, domestic help, house help, cleaner, cleaning, bai,
        kaamwali, gardener, mali, watchman, security guard, laundry, dhobi, ironing, press wala, presswala,
        dry cleaning, dry cleaner, car cleaner, newspaper boy
        """
    ),
    "Home & repairs": _listed(
        """
        repair, repairs, plumber, electrician, carpenter, painter, hardware store, hardware, pest control,
        ac service, appliance, appliances, fridge, refrigerator, washing machine, air conditioner,
        water purifier, ro service, geyser, furniture, sofa, mattress, curtains, bedsheets, kitchenware,
        utensils, lamp, bulb, batteries, plants, urban company, urbancompany, urbanclap, ikea, pepperfry,
        home centre, home depot, godrej, asian paints, plant nursery
        """
    ),
    "Personal care": _listed(
        """
        salon, haircut, hair cut, barber, parlour, beauty parlour, spa, massage, facial, waxing, manicure,
        cosmetics, makeup, skincare, perfume, shampoo, soap, sanitary pads, razor, nykaa, purplle, mamaearth,
        naturals salon, toni and guy, body shop, sephora, rossmann, lakme salon
        """
    ),
    "Gifts & festivals": _listed(
        """
        gift, gifts, present, birthday, anniversary, wedding, shagun, diwali, holi, eid, eidi, rakhi,
        raksha bandhan, christmas, pongal, onam, navratri, durga puja, ganesh chaturthi, crackers, rangoli,
        puja, pooja, flowers, bouquet, ferns n petals, igp, archies, gift card, gift voucher, diwali shopping,
        christmas gifts, birthday gift, wedding gift, wedding gifts, दिवाली
        """
    ),
    "Donations": _listed(
        """
        donation, donations, charity, temple, mandir, mosque, masjid, church, gurudwara, gurdwara, daan,
        dakshina, zakat, tithe, langar, ngo, giveindia, ketto, milaap, akshaya patra, helpage, unicef, pm cares,
        red cross, goonj, smile foundation, दान
        """
    ),
    "Travel": _listed(
        """
        travel, trip, holiday, vacation, flight, flights, airline, airport, hotel, hotels, hostel, homestay,
        resort, visa fee, passport, irctc, train ticket, train tickets, indigo, air india, vistara, spicejet,
        akasa, makemytrip, goibibo, cleartrip, yatra, ixigo, redbus, easemytrip, abhibus, oyo, treebo, airbnb,
        booking com, agoda, expedia, zostel, zoomcar, car rental, thomas cook, forex, lufthansa, emirates,
        ryanair, easyjet
        """
    ),
    "Entertainment": _listed(
        """
        movie, movies, cinema, film, theatre, concert, museum, zoo, amusement park, wonderla, imagicaa,
        bookmyshow, pvr, inox, cinepolis, paytm insider, game, games, gaming, steam, playstation, xbox,
        nintendo, bowling, arcade, party, lottery, hobby, picnic, theme park
        """
    ),
    "Pets": _listed(
        """
        pet, pets, dog, dog food, cat, cat food, cat litter, vet, veterinary, veterinarian, pet shop, grooming,
        pedigree, whiskas, royal canin, heads up for tails, supertails, aquarium, fish food, fressnapf
        """
    ),
    "Fees & charges": _listed(
        """
        bank charges, bank fee, bank fees, service charge, service charges, annual fee, late fee,
        late payment fee, penalty, challan, atm charges, atm fee, sms charges, minimum balance,
        min balance charges, cheque bounce, ecs return, nach return, interest charged, finance charge,
        finance charges, processing fee, convenience fee, conversion fee, forex markup, demat charges,
        amc charges, brokerage, gst on charges, commission, courier, postage, notary, lawyer, traffic fine,
        parking fine
        """
    ),
    "Taxes": _listed(
        """
        tax, taxes, income tax, advance tax, self assessment tax, tds, tax filing, itr, itr filing, cleartax,
        ca fees, property tax, house tax, road tax, professional tax, water tax, gst payment, gst challan,
        stamp duty, registration fee, council tax, finanzamt
        """
    ),
}
_INCOME: dict[str, tuple[str, ...]] = {
    "Salary": _listed(
        """
        salary, sal, payroll, wages, wage, pay slip, payslip, bonus, incentive, arrears, stipend, pension,
        gratuity, overtime, leave encashment, neft salary, gehalt, lohn, वेतन, salary credit
        """
    ),
    "Business & freelance": _listed(
        """
        freelance, freelancing, invoice, client, consulting, consultancy, project payment, business,
        shop income, sales, royalty, commission, honorarium, upwork, fiverr, toptal, razorpay, stripe, paypal,
        payoneer, adsense, youtube, tuition income
        """
    ),
    "Interest": _listed(
        """
        interest, int pd, interest paid, interest credit, savings interest, fd interest, rd interest,
        fixed deposit interest, int credit, credit interest, ppf interest, epf interest, sb int, zinsen, ब्याज
        """
    ),
    "Dividends": _listed(
        """
        dividend, dividends, interim dividend, final dividend, div, capital gain, capital gains,
        mutual fund redemption, redemption, buyback, idcw, swp
        """
    ),
    "Rent received": _listed(
        """
        rent, rent received, house rent, tenant, rental, rental income, lease income, airbnb payout
        """
    ),
    "Gifts received": _listed(
        """
        gift, gifts, shagun, eidi, birthday, wedding gift, present, pocket money, from parents, from mom,
        from dad, from papa, from mummy, inheritance, prize, lottery, winnings
        """
    ),
    "Refunds & cashback": _listed(
        """
        refund, refunds, refunded, cashback, cash back, reward, rewards, reversal, reversed, chargeback,
        reimbursement, reimbursed, claim, claim settlement, insurance claim, tax refund, income tax refund,
        itr refund, rebate
        """
    ),
    "Sale": _listed(
        """
        sale, sold, olx, quikr, cashify, spinny, cars24, scrap, kabadi, raddi, resale, second hand, sale of car,
        sale of bike, vinted, kleinanzeigen, ebay
        """
    ),
}


def _with_abroad(own: Mapping[str, tuple[str, ...]], others: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {name: (*words, *_listed(others.get(name, ""))) for name, words in own.items()}


SPENDING = _with_abroad(_SPENDING, abroad.SPENDING)
INCOME = _with_abroad(_INCOME, abroad.INCOME)
