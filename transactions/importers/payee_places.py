"""Cities and countries as card statements print them behind a name."""

from transactions.importers.payee_words import phrases, several

CITIES = frozenset(
    several(
        """
    london manchester birmingham leeds glasgow edinburgh bristol liverpool dublin cork belfast cardiff paris lyon
    marseille toulouse nice lille bordeaux berlin hamburg münchen muenchen munich köln koeln cologne frankfurt stuttgart
    düsseldorf duesseldorf leipzig dresden hannover bremen nürnberg amsterdam rotterdam utrecht eindhoven leiden katwijk
    brussel bruxelles antwerpen gent luxembourg wien vienna graz zürich zuerich zurich geneve genève basel bern milano
    roma torino napoli firenze bologna madrid barcelona valencia sevilla lisboa porto warszawa kraków krakow wrocław
    praha brno budapest bratislava oslo stockholm københavn copenhagen helsinki tallinn riga vilnius athens istanbul
    mumbai delhi bengaluru bangalore gurgaon gurugram noida hyderabad chennai kolkata pune ahmedabad jaipur kochi
    lucknow indore surat nagpur thane singapore sydney melbourne brisbane perth auckland toronto vancouver montreal
    chicago seattle boston houston dallas austin atlanta denver richmond phoenix miami dubai doha riyadh cairo lagos
    nairobi johannesburg sofia bucuresti bucharest zagreb beograd ljubljana bogota medellin lima santiago monterrey
    manila jakarta bangkok hanoi antwerp leuven tampere turku bergen trondheim aarhus odense göteborg malmö gdańsk
    poznań łódź warsaw ottawa calgary edmonton winnipeg
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
    swe se fin fi grc gr us lnd
    """
    )
)
# Countries whose code is a word of its own; only behind a city are they meant.
COUNTRY_WORDS = frozenset(several("in it be at ch no me is to my so on bc ab qc ma co or ok la id hi ks ia ga sd"))
