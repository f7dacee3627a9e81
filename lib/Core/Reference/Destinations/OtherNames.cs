namespace MaritimeWatch.Reference.Destinations;

/// <summary>
/// Names of one port in several tongues, and what sailors call it: reference data has one of them, masters type another. Of
/// each line any name stands for the port that bears one of them (in that country, where it is given).
/// </summary>
internal static class OtherNames
{
    private const string Lines = """
        SE GOTEBORG GOTHENBURG GOTHENBORG GBG
        SE MALMO MALMOE
        SE SODERHAMN SOEDERHAMN
        DK KOBENHAVN COPENHAGEN COBENHAVN KOPENHAGEN CPH
        DK HELSINGOR ELSINORE
        DK SKAGEN SKAW THESKAW
        DK AARHUS ARHUS
        DK RONNE ROENNE BORNHOLM
        DE BREMERHAVEN BHV
        DE CUXHAVEN CUX
        DE KIEL HOLTENAU
        DE BRUNSBUTTEL BRUNSBUTTELKOOG BRB
        BE ANTWERPEN ANTWERP ANVERS AMBERES
        BE GENT GHENT GAND
        BE OOSTENDE OSTEND
        BE ZEEBRUGGE ZEEBRUGES
        NL VLISSINGEN FLUSHING
        NL ROTTERDAM RTM EUROPOORT MAASVLAKTE ROTTERDAMMAAS
        NL IJMUIDEN YMUIDEN
        NL DENHELDER HELDER
        FR DUNKERQUE DUNKIRK DUNKERK
        FR LEHAVRE HAVRE
        FI HELSINKI HELSINGFORS
        FI TURKU ABO
        FI RAUMA RAUMO
        FI PORI BJORNEBORG
        FI VAASA VASA
        FI HAMINA FREDRIKSHAMN
        FI KOKKOLA KARLEBY
        FI OULU ULEABORG
        FI TORNIO TORNEA
        FI LOVISA LOVIISA VALKOM VALKO
        FI HANKO HANGO
        EE TALLINN REVAL
        LV LIEPAJA LIBAU
        LV VENTSPILS WINDAU
        LT KLAIPEDA MEMEL
        PL GDANSK DANZIG
        PL SZCZECIN STETTIN
        PL SWINOUJSCIE SWINEMUNDE
        RU SAINTPETERSBURG STPETERSBURG PETERSBURG SPETERBURG STPETER STPET SPB LENINGRAD PETERBURG
        RU KALININGRAD KONIGSBERG
        RU VYBORG VIIPURI
        NO TRONDHEIM TRONDHJEM
        GB LIVERPOOL LPOOL
        GB TYNE TYNEMOUTH NEWCASTLE NEWCASTLEUPONTYNE
        GB TEES TEESPORT MIDDLESBROUGH TEESMOUTH
        GB SULLOMVOE SULLOM
        PT LISBOA LISBON
        PT PORTO OPORTO LEIXOES
        ES LACORUNA CORUNNA
        ES CADIZ CADICE
        ES SEVILLA SEVILLE
        ES PASAJES PASAIA
        ES BILBAO BILBOA
        IT GENOVA GENOA
        IT LIVORNO LEGHORN
        IT NAPOLI NAPLES
        IT VENEZIA VENICE
        IT TRIESTE TRIEST
        GR PIRAIEVS PIRAEUS PIRAEVS PEIRAIAS
        GR THESSALONIKI SALONICA
        TR ISTANBUL CONSTANTINOPLE
        TR IZMIR SMYRNA
        EG ALEXANDRIA ELISKANDARIYA ALEX
        EG PORTSAID BURSAID
        SY LATTAKIA LATAKIA
        MA DARELBEIDA CASABLANCA CASA
        DZ ALGER ALGIERS
        IN MUMBAI BOMBAY
        IN CHENNAI MADRAS
        IN KOLKATA CALCUTTA
        IN KOCHI COCHIN
        MM YANGON RANGOON
        VN HOCHIMINHCITY SAIGON HOCHIMINH HCMC
        CN GUANGZHOU CANTON
        CN XIAMEN AMOY
        CN TIANJIN TIENTSIN XINGANG
        CN QINGDAO TSINGTAO
        KR BUSAN PUSAN
        KR INCHEON INCHON
        TW KAOHSIUNG KHH
        TW CHILUNG KEELUNG
        MY PORTKLANG PORTKELANG KLANG
        SG SINGAPORE SPORE SIN
        HK HONGKONG HKG
        US NEWYORK NYC NEWYORKNEWJERSEY
        US LOSANGELES LA
        US SANFRANCISCO SFRANCISCO
        NZ LYTTELTON LYTTLETON LYT
        """;

    /// <summary>The keys of the other names of a port of that country.</summary>
    /// <param name="country">ISO code, two letters.</param>
    /// <param name="keys">Keys of the names that the reference has.</param>
    public static IEnumerable<string> Of(string country, IReadOnlyCollection<string> keys) =>
        ByCountry[country].Where(names => names.Any(keys.Contains)).SelectMany(names => names);

    private static readonly ILookup<string, string[]> ByCountry = Lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .ToLookup(words => words[0], words => words[1..].Select(PlainLetters.Key).ToArray(), StringComparer.Ordinal);
}
