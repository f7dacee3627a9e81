namespace MaritimeWatch.Terms;

/// <summary>
/// Maritime identification digits: the three digits of an MMSI that say which administration gave it (ITU-R M.585, list
/// published by ITU in its Table of Maritime Identification Digits; 290 were assigned when this was written).
/// </summary>
public static class Mid
{
    // First number of a run, ISO 3166-1 code, and how many numbers follow each other where more than one.
    private const string Runs =
        "201AL 202AD 203AT 204PT 205BE 206BY 207BG 208VA 209CY2 211DE 212CY 213GE 214MD 215MT 216AM 218DE " +
        "219DK2 224ES2 226FR3 229MT 230FI 231FO 232GB4 236GI 237GR 238HR 239GR3 242MA 243HU 244NL3 247IT " +
        "248MT2 250IE 251IS 252LI 253LU 254MC 255PT 256MT 257NO3 261PL 262ME 263PT 264RO 265SE2 267SK 268SM " +
        "269CH 270CZ 271TR 272UA 273RU 274MK 275LV 276EE 277LT 278SI 279RS 301AI 303US 304AG2 306CW 307AW " +
        "308BS2 310BM 311BS 312BZ 314BB 316CA 319KY 321CR 323CU 325DM 327DO 329GP 330GD 331GL 332GT 335HN " +
        "336HT 338US 339JM 341KN 343LC 345MX 347MQ 348MS 350NI 351PA7 358PR 359SV 361PM 362TT 364TC 366US4 " +
        "370PA5 375VC3 378VG 379VI 401AF 403SA 405BD 408BH 410BT 412CN3 416TW 417LK 419IN 422IR 423AZ 425IQ " +
        "428IL 431JP2 434TM 436KZ 437UZ 438JO 440KR2 443PS 445KP 447KW 450LB 451KG 453MO 455MV 457MN 459NP " +
        "461OM 463PK 466QA 468SY 470AE 472TJ 473YE 475YE 477HK 478BA 501FR 503AU 506MM 508BN 510FM 511PW " +
        "512NZ 514KH2 516CX 518CK 520FJ 523CC 525ID 529KI 531LA 533MY 536MP 538MH 540NC 542NU 544NR 546PF " +
        "548PH 553PG 555PN 557SB 559AS 561WS 563SG4 567TH 570TO 572TV 574VN 576VU2 578WF 601ZA 603AO 605DZ " +
        "607FR 608GB 609BI 610BJ 611BW 612CF 613CM 615CG 616KM 617CV 618FR 619CI 620KM 621DJ 622EG 624ET " +
        "625ER 626GA 627GH 629GM 630GW 631GQ 632GN 633BF 634KE 635FR 636LR2 638SS 642LY 644LS 645MU 647MG " +
        "649ML 650MZ 654MR 655MW 656NE 657NG 659NA 660RE 661RW 662SD 663SN 664SC 665SH 666SO 667SL 668ST " +
        "669SZ 670TD 671TG 672TN 674TZ 675UG 676CD 677TZ 678ZM 679ZW 701AR 710BR 720BO 725CL 730CO 735EC " +
        "740FK 745GF 750GY 755PY 760PE 765SR 770UY 775VE";

    private static readonly string?[] Countries = Read();

    /// <summary>The country of a MID, two letters of ISO 3166-1, or null where no administration has it.</summary>
    /// <param name="mid">Any number; MIDs are 201 to 775.</param>
    public static string? CountryOf(int mid) => mid is >= 200 and < 800 ? Countries[mid - 200] : null;

    /// <summary>The country of an MMSI of a ship, or null: another form, or a MID of no country.</summary>
    /// <param name="mmsi">An MMSI.</param>
    public static string? CountryOfShip(int mmsi) => Mmsi.KindOf(mmsi) == MmsiKind.Ship ? CountryOf(mmsi / 1_000_000) : null;

    private static string?[] Read()
    {
        var countries = new string?[600];
        foreach (var run in Runs.Split(' '))
        {
            var first = int.Parse(run.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture);
            var count = run.Length == 5 ? 1 : int.Parse(run.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture);
            for (var mid = first; mid < first + count; mid++)
            {
                countries[mid - 200] = run[3..5];
            }
        }

        return countries;
    }
}
