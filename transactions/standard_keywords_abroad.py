"""Shops and words of Europe, the Americas and Australia that speak for a standard category; see standard_keywords."""

SPENDING: dict[str, str] = {
    "Groceries": """
        safeway, wal mart, wm supercenter, publix, albertsons, wegmans, food lion, giant eagle, stop shop,
        winco, sprouts farmers, meijer, harris teeter, wholefds, ralphs, instacart, sams club, waitrose,
        morrisons, co op food, ocado, spar, netto, penny, kaufland, tegut, alnatura, denns biomarkt, migros,
        coop, denner, billa, leclerc, e leclerc, intermarche, auchan, monoprix, franprix, super u, picard,
        biocoop, mercadona, supermercados dia, consum, eroski, alcampo, hipercor, ahorramas, bonpreu, esselunga,
        conad, eurospin, despar, continente, pingo doce, minipreco, albert heijn, jumbo, colruyt, delhaize,
        biedronka, zabka, lewiatan, stokrotka, dino, polomarket, ica, willys, hemkop, rema 1000, kiwi, meny,
        fotex, føtex, bilka, k market, s market, pao de acucar, assai, atacadao, hortifruti, supermercado,
        supermercados, supermarche, supermarkt, supermercato, lebensmittel, epicerie, boucherie, metzgerei,
        carniceria, fruteria, mercearia, acougue, loblaws, sobeys, no frills, real canadian superstore,
        woolworths, coles, countdown, fairprice, ntuc, metro cash, 7 eleven, hellofresh, gousto, gorillas,
        getir, flink
        """,
    "Eating out": """
        chipotle, taco bell, wendys, chick fil a, panera, dennys, olive garden, tim hortons, five guys, shake
        shack, popeyes, in n out, panda express, dutch bros, peets coffee, papa johns, little caesars,
        cheesecake factory, nandos, greggs, pret a manger, wagamama, wetherspoon, itsu, vapiano, backwerk,
        nordsee, le crobag, imbiss, gaststätte, gaststaette, wirtshaus, biergarten, baeckerei, bäckerei,
        eiscafe, mensa, kantine, wolt, glovo, thuisbezorgd, takeaway com, brasserie, bistro, boulangerie,
        flunch, telepizza, 100 montaditos, restaurante, cafeteria, cerveceria, panaderia, ristorante, trattoria,
        pizzeria, osteria, gelateria, autogrill, pasticceria, lanchonete, padaria, ifood, ifd, rappi, habibs,
        churrascaria, pastelaria, restauracja, kawiarnia, pyszne, restaurang, espresso house, foodora,
        hesburger, mcdonald, mc donalds, ubereats, diner, bagel, sushi, kebab
        """,
    "Transport": """
        tfl travel, tfl gov uk, national rail, trainline, lner, avanti west coast, stagecoach, national express,
        db vertrieb, db fernverkehr, bahn, deutschlandticket, hvv, mvg, vbb, rmv, vrr, flixbus, nextbike, bolt,
        free now, freenow, cabify, ouigo, sncf connect, sncf internet, ratp, navigo, renfe, metro de madrid,
        alsa, trenitalia, italotreno, atm milano, atac, comboios, carris, metro lisboa, sptrans, bilhete unico,
        metrorio, ns groep, ns reizigers, ov chipkaart, gvb, de lijn, sncb, stib, sbb, zvv, oebb, öbb, wiener
        linien, pkp, mpk, ztm, jakdojade, koleo, ruter, dsb, rejsekort, hsl, mta, caltrain, amtrak, greyhound,
        wmata, mbta, septa, translink, myki, ez link, simplygo, gojek, didi, 99app, uber trip, lyft ride
        """,
    "Fuel & vehicle": """
        tankstelle, benzin, totalenergies, total access, omv, avia, agip, eni station, q8, repsol, cepsa, galp,
        orlen, lotos, circle k, texaco, arco, sunoco, conoco, valero, speedway, wawa, sheetz, quiktrip, union
        76, phillips 66, exxonmobil, murphy usa, bp connect, bp express, bp station, bp service, ipiranga,
        petrobras, auto posto, posto de gasolina, gasolinera, gasolina, carburant, station service, benzina,
        carburante, telepass, autostrade, peaje, peage, sanef, vinci autoroutes, sem parar, pedagio, via verde,
        estacionamiento, estacionamento, parcheggio, parkhaus, parkschein, apcoa, q park, parkmobile,
        paybyphone, ringgo, easypark, jiffy lube, pep boys, autozone, o reilly auto, advance auto, discount
        tire, halfords, kwik fit, werkstatt, kfz, tuev, tüv, dekra, adac, dvla, auto repair, auto parts, auto
        service, autoreparatur, car repair, garage, taller
        """,
    "Rent": """
        kaltmiete, warmmiete, hausgeld, nebenkosten, wohnungsmiete, hausverwaltung, immobilien, vonovia,
        deutsche wohnen, loyer, charges locatives, syndic, foncia, alquiler, comunidad de propietarios, affitto,
        condominio, spese condominiali, aluguel, huur, vve, woningcorporatie, czynsz, wspolnota mieszkaniowa,
        hyra, husleje, husleie, vuokra, lettings, openrent, estate agents, property management, apartments, hoa
        dues, strata
        """,
    "Electricity & utilities": """
        vattenfall, eon, e on, enbw, rwe, lichtblick, yello, naturstrom, gasag, rheinenergie, edf, engie,
        veolia, suez, eau de paris, iberdrola, endesa, naturgy, canal de isabel, aigues, pago luz, luz y gas,
        recibo luz, factura luz, recibo agua, factura agua, enel, enel energia, a2a, bolletta, servizio
        elettrico, edp, edp comercial, epal, cpfl, sabesp, copel, cemig, conta luz, conta de luz, conta agua,
        conta de agua, comgas, eneco, essent, greenchoice, vitens, waternet, luminus, tauron, pge, enea, energa,
        pgnig, prad, wodociagi, fortum, ellevio, british gas, octopus energy, edf energy, scottish power, ovo
        energy, sse, thames water, severn trent, united utilities, anglian water, yorkshire water, pg e, con
        edison, coned, duke energy, fpl, dominion energy, national grid, socal edison, xcel energy, comed, waste
        management, county waste, hydro, bc hydro, hydro quebec, enbridge, origin energy, sydney water, wasser,
        abwasser, heizung, gaswerke
        """,
    "Phone & internet": """
        telefonica, movistar, orange sa, orange france, orange espagne, orange polska, sfr, bouygues telecom,
        free mobile, free telecom, sosh, o2, congstar, 1 1 telecom, 1u1 telecom, 1und1, telefon, handyrechnung,
        handy rechnung, mobilfunk, freenet, aldi talk, unitymedia, kabel deutschland, telecom italia, wind tre,
        windtre, fastweb, iliad, tiscali, yoigo, masmovil, pepephone, jazztel, meo, vivo, claro, conta telefone,
        tim celular, kpn, ziggo, tele2, simyo, proximus, telenet, netia, upc, telia, telenor, comviq, tdc,
        yousee, swisscom, sunrise, ee limited, three uk, giffgaff, british telecom, bt group, virgin media,
        talktalk, plusnet, tesco mobile, at t, sprint, mint mobile, cricket wireless, spectrum, cox
        communications, google fi, rogers, bell canada, telus, koodo, telstra, optus, singtel, starhub, internet
        bill
        """,
    "EMI & loans": """
        kredit, darlehen, kreditrate, baufinanzierung, bausparkasse, hypothek, pret immobilier, echeance pret,
        credit immobilier, cofidis, cetelem, sofinco, hipoteca, prestamo, mutuo, rata mutuo, prestito,
        financiamento, emprestimo, hypotheek, lening, kredyt, rata kredytu, pozyczka, student loans, navient,
        nelnet, sallie mae, rocket mortgage, toyota financial, ally auto, auto loan, affirm, afterpay, clearpay
        """,
    "Mutual funds & SIP": """
        sparplan, wertpapier, wertpapiere, trade republic, scalable capital, etoro, degiro, robinhood, fidelity,
        charles schwab, td ameritrade, betterment, wealthfront, acorns, coinbase, binance, kraken, hargreaves
        lansdown, aj bell, trading 212, moneybox, nutmeg, bourse direct, assurance vie, indexa, myinvestor,
        moneyfarm, xp investimentos, tesouro direto, previdencia, wealthsimple, questrade, commsec
        """,
    "Insurance": """
        versicherung, versicherungen, krankenkasse, aok, techniker krankenkasse, barmer, huk coburg, huk24,
        ergo, axa, generali, debeka, cosmosdirekt, devk, gothaer, signal iduna, haftpflicht, assurance,
        assurances, mutuelle, maif, macif, matmut, maaf, groupama, gmf, harmonie mutuelle, mgen, seguro,
        seguros, seguro vida, mapfre, linea directa, sanitas, adeslas, assicurazione, assicurazioni, unipolsai,
        unipol, porto seguro, sulamerica, unimed, fidelidade, verzekering, zorgverzekering, zilveren kruis, vgz,
        menzis, centraal beheer, nationale nederlanden, ubezpieczenie, pzu, warta, hestia, forsakring, folksam,
        tryg, gjensidige, aviva, direct line, admiral insurance, legal general, bupa, vitality, esure, state
        farm, progressive, allstate, liberty mutual, usaa, metlife, aetna, cigna, blue cross, humana, lemonade
        insurance, auto insurance
        """,
    "Subscriptions": """
        apple com bill, itunes, google play, google storage, google youtube, hbo max, peacock tv, paramount
        plus, crunchyroll, dazn, sky uk, sky digital, sky deutschland, now tv, canal plus, waipu, deezer, tidal,
        soundcloud, patreon, substack, nytimes, new york times, washington post, economist, guardian news,
        spiegel, sueddeutsche, le monde, el pais, rundfunk, rundfunkbeitrag, beitragsservice, ard zdf, tv
        licence, tv licensing, globoplay, abonnement, abo, suscripcion, abbonamento, assinatura, abonament,
        prenumeration, mitgliedsbeitrag, zoom us, nordvpn, expressvpn, 1password, evernote, playstation plus,
        xbox game pass, twitch, storytel, viaplay, rhapsody, amzn prime
        """,
    "Shopping": """
        target, best buy, macys, nordstrom, neiman marcus, kohls, jcpenney, office depot, staples, amzn, amzn
        mktp, amazon marketplace, amazon mktpl, dollar tree, dollar general, marshalls, currys, john lewis,
        marks spencer, wilko, poundland, next directory, mediamarkt, media markt, saturn, otto gmbh, karstadt,
        galeria, tchibo, conrad electronic, fnac, darty, cdiscount, la redoute, galeries lafayette, el corte
        ingles, corte ingles, worten, pccomponentes, mediaworld, unieuro, magazine luiza, magalu, mercado livre,
        mercadolivre, mercado libre, mercadolibre, americanas, casas bahia, shopee, shein, temu, bol com,
        coolblue, hema, blokker, allegro, empik, media expert, elgiganten, komplett, clas ohlson, gigantti,
        verkkokauppa, lazada, tokopedia, rakuten, canadian tire, kmart, jb hi fi, premium outlets
        """,
    "Clothes & shoes": """
        h m, the gap, gap outlet, old navy, banana republic, asos, new look, river island, boohoo, bershka, pull
        bear, stradivarius, massimo dutti, desigual, kik, takko, peek cloppenburg, deichmann, about you, tk
        maxx, tj maxx, kleidung, schuhe, vetements, chaussures, kiabi, celio, ropa, zapatos, calzedonia,
        intimissimi, ovs, benetton, abbigliamento, scarpe, roupas, renner, riachuelo, ccc, lindex, kappahl, foot
        locker, jd sports, sports direct, skechers, lululemon, urban outfitters, forever 21, american eagle,
        nordstrom rack
        """,
    "Health": """
        arzt, zahnarzt, praxis, krankenhaus, klinik, physiotherapie, optiker, fielmann, apollo optik, docmorris,
        pharmacie, medecin, dentiste, hopital, opticien, laboratoire, doctolib, farmacia, farmacias, medico,
        dentista, clinica, optica, ottica, ospedale, drogasil, droga raia, drogaria, tandarts, huisarts,
        apotheek, ziekenhuis, apteka, lekarz, dentysta, stomatolog, szpital, luxmed, medicover, apotek,
        apoteket, tandlakare, apteekki, cvs pharm, cvs pharmacy, rite aid, walgreen, kaiser permanente, quest
        diagnostics, labcorp, urgent care, specsavers, vision express, boots the chemist, nhs, chemist
        warehouse, shoppers drug mart
        """,
    "Fitness & sports": """
        fitnessstudio, mcfit, clever fit, fitx, urban sports club, john reed, basic fit, salle de sport,
        gimnasio, vivagym, palestra, virgin active, smart fit, smartfit, academia, silownia, siłownia,
        multisport, sats, planet fitness, la fitness, equinox, orangetheory, crossfit, peloton, puregym, the gym
        group, david lloyd, piscina, piscine, sportverein, golf, kletterhalle, classpass, ymca
        """,
    "Education": """
        schule, schulgeld, semesterbeitrag, buecher, bücher, buchhandlung, thalia, hugendubel, volkshochschule,
        nachhilfe, ecole, universite, frais de scolarite, livres, librairie, colegio, universidad, libreria,
        casa del libro, scuola, universita, libri, feltrinelli, escola, faculdade, mensalidade, livraria,
        universidade, szkola, szkoła, czesne, ksiegarnia, waterstones, barnes noble, chegg, skillshare, duolingo
        """,
    "Children": """
        kindergarten, spielzeug, windeln, garderie, cantine scolaire, jouets, guarderia, comedor escolar,
        juguetes, asilo nido, mensa scolastica, giocattoli, brinquedos, kinderopvang, speelgoed, przedszkole,
        zlobek, żłobek, zabawki, smyk, forskola, barnehage, toys r us, smyths toys, kindercare, bright horizons,
        nursery, childcare
        """,
    "Household help": """
        putzhilfe, haushaltshilfe, reinigung, femme de menage, pressing, empleada de hogar, limpieza, colf,
        pulizie, lavanderia, diarista, faxina, schoonmaak, sprzatanie, helpling, window cleaner, lawn care,
        landscaping
        """,
    "Home & repairs": """
        obi, bauhaus, hornbach, toom, hagebau, baumarkt, xxxlutz, moebel, möbel, jysk, leroy merlin, castorama,
        bricomarche, brico depot, maisons du monde, conforama, ferreteria, muebles, ferramenta, mobili, mondo
        convenienza, moveis, material de construcao, gamma, karwei, byggmax, lowes, ace hardware, menards,
        wayfair, west elm, pottery barn, crate barrel, bed bath beyond, homegoods, screwfix, b q, wickes,
        homebase, dunelm, bunnings, handwerker, klempner, elektriker, plombier, fontanero, idraulico, encanador,
        eletricista, hydraulik
        """,
    "Personal care": """
        friseur, frisör, frisoer, kosmetik, dm drogerie, dm drogeriemarkt, dm fil, drogerie, parfuemerie,
        parfümerie, coiffeur, coiffure, yves rocher, marionnaud, nocibe, peluqueria, barberia, druni,
        perfumeria, parrucchiere, estetista, tigota, profumeria, cabeleireiro, barbearia, boticario, kapper,
        etos, kruidvat, fryzjer, hebe, hairdresser, hair, hairstyles, great clips, supercuts, ulta, bath body
        works, nail salon, nails, barbers, superdrug, lush
        """,
    "Gifts & festivals": """
        geschenk, geschenke, blumen, geburtstag, weihnachten, hochzeit, cadeau, cadeaux, fleurs, fleuriste,
        interflora, regalo, regalos, regali, floreria, floristeria, cumpleanos, fiori, floricultura, prezent,
        prezenty, kwiaty, kwiaciarnia, blommor, blomster, hallmark, moonpig, card factory, fleurop
        """,
    "Donations": """
        spende, spenden, rotes kreuz, greenpeace, wwf, kirche, croix rouge, restos du coeur, donacion, donativo,
        cruz roja, caritas, oxfam, donazione, croce rossa, doacao, dizimo, igreja, donatie, darowizna, salvation
        army, habitat for humanity, gofundme, justgiving, cancer research, british heart, rspca, rnli, save the
        children, world vision, amnesty
        """,
    "Travel": """
        reise, urlaub, ferienwohnung, tui, eurowings, klm, air france, iberia, vueling, air europa, ita airways,
        tap air, tap portugal, latam, gol linhas, azul linhas, wizz air, wizzair, finnair, british airways,
        jet2, united airlines, delta air, american airlines, southwest, southwes, jetblue, alaska air, air
        canada, westjet, qantas, jetstar, singapore airlines, turkish airlines, qatar airways, hilton, marriott,
        hyatt, holiday inn, ibis, novotel, premier inn, travelodge, best western, motel, hertz, avis, sixt,
        europcar, enterprise rent, rent a car, voyage, vacances, viaje, viajes, vacaciones, viaggio, viaggi,
        vacanze, viagem, hospedagem, decolar, wakacje, kiwi com, opodo, edreams, lastminute, getyourguide,
        center parcs, camping, vrbo
        """,
    "Entertainment": """
        kino, cinestar, cinemaxx, theater, konzert, eventim, ticketmaster, freizeitpark, lotto, gaumont, pathe,
        billetterie, disneyland, cinesa, teatro, concierto, entradas, loteria, museo, ticketone, superenalotto,
        ingresso, ingressos, cinemark, sympla, bioscoop, efteling, staatsloterij, multikino, cinema city,
        filmstaden, svenska spel, norsk tipping, veikkaus, odeon, cineworld, vue cinema, amc theaters, amc
        theatres, theaters, regal cinemas, fandango, stubhub, live nation, six flags, national trust,
        steampowered, epic games, ubisoft, roblox
        """,
    "Pets": """
        tierarzt, haustier, futterhaus, zooplus, veterinaire, animalerie, maxi zoo, veterinario, mascotas,
        kiwoko, tiendanimal, veterinaria, arcaplanet, petz, cobasi, petlove, dierenarts, weterynarz, veterinar,
        petco, petsmart, chewy, pets at home, vets4pets
        """,
    "Fees & charges": """
        kontofuehrung, kontoführung, entgelt, entgeltabschluss, gebuehr, gebühr, gebuehren, gebühren,
        sollzinsen, auslandseinsatzentgelt, deutsche post, dhl, frais, frais bancaires, cotisation carte, agios,
        la poste, comision, comisiones, correos, notaire, notario, notar, canone, commissioni, poste italiane,
        tarifa, tarifa pacote, pacote de servicos, anuidade, encargos, correios, cartorio, bankkosten, kosten
        rekening, oranjepakket, postnl, oplata, opłata, prowizja, poczta polska, inpost, postnord, gebyr,
        monthly fee, monthly service fee, service fee, overdraft, overdraft fee, nsf fee, overlimit fee,
        interest fee, interest charge, foreign transaction fee, transaction fee, wire fee, account fee,
        maintenance fee, usps, us post office, post office, royal mail, fedex, ups store, anwalt, rechtsanwalt,
        avocat, abogado, avvocato, advogado, juros
        """,
    "Taxes": """
        steuer, steuern, einkommensteuer, kfz steuer, bundeskasse, grundsteuer, steuerberater, impot, impots,
        dgfip, taxe fonciere, tresor public, urssaf, impuesto, impuestos, agencia tributaria, aeat, hacienda,
        seguridad social, f24, agenzia entrate, bollo auto, imposta di bollo, imposto, impostos, darf, receita
        federal, iptu, ipva, iof, i o f, inss, tributo, detran, belastingdienst, belasting, podatek, urzad
        skarbowy, zus, skatt, skatteverket, skattestyrelsen, irs, irs treas, franchise tax board, hmrc, vehicle
        tax
        """,
}
INCOME: dict[str, str] = {
    "Salary": """
        bezuege, bezüge, deutsche rentenversicherung, rentenservice, rentenzahlung, salaire, paie, retraite,
        nomina, sueldo, stipendio, pensione, salario, proventos, ordenado, vencimento, salaris, wynagrodzenie,
        pensja, emerytura, månadslön, löneinsättning, lønn, palkka, paycheck
        """,
    "Business & freelance": """
        rechnung, honorar, honorare, facture, factura, fattura, honorarios, faktura
        """,
    "Interest": """
        habenzinsen, zinsgutschrift, interets, interets crediteurs, intereses, interessi, juros, rendimento,
        rendimentos, creditrente, odsetki, ranta, interest earned
        """,
    "Dividends": """
        dividende, dividenden, dividendo, dividendos, dywidenda, utdelning, udbytte, utbytte, ausschuettung,
        ausschüttung
        """,
    "Rent received": """
        miete, mieteinnahme, loyer, alquiler, affitto, aluguel, huur, czynsz
        """,
    "Gifts received": """
        geschenk, cadeau, regalo, erbe, erbschaft, geburtstag
        """,
    "Refunds & cashback": """
        erstattung, rueckerstattung, rückerstattung, steuererstattung, remboursement, cpam, reembolso,
        devolucion, rimborso, storno, estorno, devolucao, terugbetaling, terugboeking, zwrot, aterbetalning,
        tilbagebetaling, refusjon, tax ref, irs treas 310, money back
        """,
    "Sale": """
        leboncoin, wallapop, marktplaats, blocket, tradera, gumtree, depop, poshmark, mercari
        """,
}
