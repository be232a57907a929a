"""Cities and countries as card statements print them behind a name."""

from transactions.importers.payee_words import phrases, several

CITIES = frozenset(
    several(
        """
        london manchester birmingham leeds glasgow edinburgh bristol liverpool dublin cork belfast cardiff paris
        lyon marseille toulouse nice lille bordeaux berlin hamburg münchen muenchen munich köln koeln cologne
        frankfurt stuttgart düsseldorf duesseldorf leipzig dresden hannover bremen nürnberg amsterdam rotterdam
        utrecht eindhoven leiden katwijk brussel bruxelles antwerpen gent luxembourg wien vienna graz zürich
        zuerich zurich geneve genève basel bern milano roma torino napoli firenze bologna madrid barcelona
        valencia sevilla lisboa porto warszawa kraków krakow wrocław praha brno budapest bratislava oslo
        stockholm københavn copenhagen helsinki tallinn riga vilnius athens istanbul mumbai delhi bengaluru
        bangalore gurgaon gurugram noida hyderabad chennai kolkata pune ahmedabad jaipur kochi lucknow indore
        surat nagpur thane singapore sydney melbourne brisbane perth auckland toronto vancouver montreal chicago
        seattle boston houston dallas austin atlanta denver richmond phoenix miami dubai doha riyadh cairo lagos
        nairobi johannesburg sofia bucuresti bucharest zagreb beograd ljubljana bogota medellin lima santiago
        monterrey manila jakarta bangkok hanoi antwerp leuven tampere turku bergen trondheim aarhus odense
        göteborg malmö gdańsk poznań łódź warsaw ottawa calgary edmonton winnipeg gdansk poznan wroclaw lodz
        katowice szczecin lublin gdynia bydgoszcz toruń torun rzeszów rzeszow kielce minneapolis cincinnati
        oakland portland sacramento milwaukee pittsburgh philadelphia brooklyn honolulu albuquerque bentonville
        omaha tampa memphis detroit indianapolis baltimore nantes strasbourg rennes grenoble montpellier dijon
        dortmund duisburg bochum wuppertal bielefeld bonn mannheim karlsruhe wiesbaden augsburg freiburg
        muenster münster kassel rostock kiel luebeck lübeck mainz erfurt zaragoza malaga málaga murcia bilbao
        alicante cordoba córdoba valladolid vigo gijon gijón padova palermo catania bari trieste genova brescia
        curitiba fortaleza recife brasilia brasília campinas manaus goiania goiânia osasco guarulhos coimbra
        braga sintra cascais amadora groningen tilburg breda nijmegen haarlem arnhem almere enschede maastricht
        delft linz salzburg innsbruck klagenfurt luzern winterthur lausanne lugano bhopal patna vadodara
        ludhiana agra nashik faridabad ghaziabad rajkot varanasi coimbatore madurai mysuru mysore visakhapatnam
        vijayawada chandigarh guwahati bhubaneswar dehradun raipur ranchi trivandrum mangaluru hubli sheffield
        nottingham newcastle southampton portsmouth leicester coventry swansea aberdeen dundee croydon hobart
        canberra adelaide christchurch dunedin ankara izmir antalya
        """
    )
)
# Cities of two words, joined by the space between them.
LONG_CITIES = frozenset(
    phrases(
        """
    cape town, hong kong, san jose, san francisco, san diego, los angeles, las vegas, new york, sao paulo, são paulo,
    rio de janeiro, buenos aires, mexico city, kuala lumpur, abu dhabi, tel aviv, new delhi, navi mumbai, den haag
    """
    )
)
COUNTRIES = frozenset(
    several(
        """
    gbr gb uk usa deu de fra fr nld nl bel esp es ita ind aut che irl ie lux sgp sg aus au can ca prt pt pol pl cze cz
    hun hu hkg hk rou ro bgr bg hrv are zaf za oh pa mi ut ct nv ky wa va ny tx fl il ga nj az nc tn md mn wi mo dnk dk
    swe se fin fi grc gr us lnd bra arg mex col chl per tur rus jpn kor chn twn tha mys idn phl vnm nzl nor isl ltu lva
    est svk svn lux mlt cyp mco lka npl bgd nsw vic qld ma wi br tr mx jp ae za
    """
    )
)
# Kinds of places: with nothing else left, the city is the name, as in Stadtwerke Leipzig or Pizzeria Napoli.
GENERIC = frozenset(
    several(
        """
        restaurant restaurante ristorante pizzeria trattoria osteria taverna hotel hostel hostal cafe café caffe caffè
        bar pub bistro bakery bäckerei baeckerei panaderia padaria boulangerie pharmacy pharmacie apotheke farmacia
        farmácia apteka drogerie market markt mercado marche marché mercato supermarket supermarkt supermercado
        supermercato shop store kiosk taxi parking parkhaus bank sparkasse volksbank stadtsparkasse university
        universität universitaet universite université universidad universidade museum museo zoo airport flughafen
        aeroporto aeropuerto aeroport aéroport bahnhof gare station stadtwerke stadt city town gemeinde comune mairie
        ville ayuntamiento prefeitura school clinic clinica clínica hospital klinikum praxis gym fitness club metro bus
        opera oper theater theatre teatro cinema kino tankstelle messe post studio villa casa little new old royal
        """
    )
)
# Between a thing and the city that it is of: City of Boston, Comune di Milano.
OF_A_CITY = frozenset(several("of de di da do du del von d la le"))
# Countries whose code is a word of its own; only behind a city are they meant.
COUNTRY_WORDS = frozenset(
    several(
        """
        in it be at ch no me is to my so on bc ab qc ma co or ok la id hi ks ia ga sd sa act tas wa nz ng ke ar
        cl pe ph th vn il al ky ms mt ne nh nm nd ri sc ut vt wv wy de
        """
    )
)
