namespace MaritimeWatch.Reference.Destinations;

/// <summary>What masters type for a country, by ISO 3166 code: it narrows a port's name down, or is all that they say.</summary>
internal static class CountryWords
{
    // The codes themselves are known too; these are names and habits. UK is no code of ISO but of everybody.
    private const string Names =
        "AE=UAE EMIRATES;AR=ARGENTINA;AU=AUSTRALIA AUS;BE=BELGIUM BEL BELGIE;BG=BULGARIA;BR=BRAZIL BRASIL;CA=CANADA CAN;CL=CHILE;"
        + "CN=CHINA PRC;CO=COLOMBIA;CR=COSTARICA;CU=CUBA;CY=CYPRUS;DE=GERMANY GER DEUTSCHLAND;DK=DENMARK DEN DANMARK DNK;"
        + "DO=DOMINICANREP DOMINICANREPUBLIC;DZ=ALGERIA;EC=ECUADOR;EE=ESTONIA EST;EG=EGYPT;ES=SPAIN ESPANA ESP;FI=FINLAND FIN SUOMI;"
        + "FO=FAROES FAROEISLANDS;FR=FRANCE FRA;GB=UK ENGLAND SCOTLAND WALES BRITAIN GBR;GE=GEORGIA;GH=GHANA;GI=GIBRALTAR;GL=GREENLAND;"
        + "GR=GREECE GRC;HK=HONGKONG;HR=CROATIA;ID=INDONESIA;IE=IRELAND IRL EIRE;IL=ISRAEL;IN=INDIA;IR=IRAN;IS=ICELAND;IT=ITALY ITA ITALIA;"
        + "JM=JAMAICA;JP=JAPAN JPN;KE=KENYA;KR=KOREA SOUTHKOREA ROK;KW=KUWAIT;LB=LEBANON;LK=SRILANKA;LT=LITHUANIA LTU;LV=LATVIA LAT LVA;"
        + "LY=LIBYA;MA=MOROCCO;MT=MALTA;MX=MEXICO;MY=MALAYSIA;MZ=MOZAMBIQUE;NG=NIGERIA;NL=NETHERLANDS HOLLAND NETHERLAND NED NLD;"
        + "NO=NORWAY NOR NORGE NORWEGEN;NZ=NEWZEALAND;OM=OMAN;PA=PANAMA;PE=PERU;PH=PHILIPPINES;PK=PAKISTAN;PL=POLAND POL POLEN POLSKA;"
        + "PT=PORTUGAL;QA=QATAR;RO=ROMANIA;RU=RUSSIA RUS ROSSIYA;SA=SAUDIARABIA KSA;SE=SWEDEN SWE SVERIGE SCHWEDEN;SG=SINGAPORE SGP;"
        + "SI=SLOVENIA;SN=SENEGAL;TH=THAILAND;TN=TUNISIA;TR=TURKEY TUR TURKIYE;TW=TAIWAN;TZ=TANZANIA;UA=UKRAINE UKR;US=USA UNITEDSTATES;"
        + "UY=URUGUAY;VE=VENEZUELA;VN=VIETNAM;YE=YEMEN;ZA=SOUTHAFRICA RSA";

    private static readonly Dictionary<string, string> ByName = Read();

    /// <summary>The two-letter code that a word (or two words in one) stands for, or null.</summary>
    /// <param name="word">Capitals.</param>
    /// <param name="codes">Codes that the reference has ports of: any of them is a country.</param>
    public static string? CodeOf(string word, IReadOnlySet<string> codes) =>
        ByName.GetValueOrDefault(word) ?? (word.Length == 2 && codes.Contains(word) ? word : null);

    private static Dictionary<string, string> Read()
    {
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Names.Split(';'))
        {
            foreach (var name in entry[3..].Split(' '))
            {
                byName.Add(name, entry[..2]);
            }
        }

        return byName;
    }
}
