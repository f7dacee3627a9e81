using System.Text;
using MaritimeWatch.Alerts;
using MaritimeWatch.Correlation;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Correlation;

/// <summary>When a ship berths that nobody has announced a time of.</summary>
[TestFixture]
internal sealed class EstimatedArrivalTests
{
    private const string Call = "call:SEGOT:257111000:unknown";
    private static readonly long KnownAtMs = AtMs("2026-03-01T00:00:00Z");

    [Test]
    public void The_estimate_of_the_watch_stands_in_where_no_time_is_announced()
    {
        var book = new CaseBook(new AlertOptions().Correlation);
        var news = new NewsDesk(book, new AlertOptions());
        Hear(news, "declared-calls", Declared(null));
        Assert.That(book.Calls[Call].BerthingAtMs, Is.Null);

        book.Touched.Clear();
        Hear(news, "expected-arrivals", Expected("NOLAR", "2026-03-02T06:00:00Z"));
        Assert.That(book.Calls[Call].BerthingAtMs, Is.Null, "bound for another port");

        Hear(news, "expected-arrivals", Expected("SEGOT", "2026-03-02T06:00:00Z"));
        Assert.That(book.Calls[Call].BerthingAtMs, Is.EqualTo(AtMs("2026-03-02T06:00:00Z")));
        Assert.That(book.Touched, Does.Contain(Call));
        Assert.That(book.Calls[Call].BerthingBy, Is.EqualTo(BerthingBy.Estimated));
        Assert.That((book.Calls[Call].EstimatedLowAtMs, book.Calls[Call].EstimatedHighAtMs), Is.EqualTo((AtMs("2026-03-02T04:00:00Z"), AtMs("2026-03-02T12:00:00Z"))));

        book.Touched.Clear();
        Hear(news, "expected-arrivals", Expected("SEGOT", "2026-03-02T06:20:00Z"));
        Assert.That(book.Touched, Is.Empty, "twenty minutes are no news");
        Hear(news, "expected-arrivals", Expected("SEGOT", "2026-03-02T07:00:00Z"));
        Assert.That(book.Calls[Call].BerthingAtMs, Is.EqualTo(AtMs("2026-03-02T07:00:00Z")));

        book.Calls[Call].ArrivedAtMs = AtMs("2026-03-02T08:00:00Z");
        Assert.That((book.Calls[Call].BerthingAtMs, book.Calls[Call].BerthingBy), Is.EqualTo((AtMs("2026-03-02T08:00:00Z"), BerthingBy.Observed)), "who has come is estimated no more");
    }

    [Test]
    public void An_announced_time_stands_before_and_after_the_estimate()
    {
        var book = new CaseBook(new AlertOptions().Correlation);
        var news = new NewsDesk(book, new AlertOptions());
        Hear(news, "declared-calls", Declared(null));
        Hear(news, "expected-arrivals", Expected("SEGOT", "2026-03-02T06:00:00Z"));
        Hear(news, "declared-calls", Declared("2026-03-02T11:00:00Z"));
        Assert.That(book.Calls[Call].BerthingAtMs, Is.EqualTo(AtMs("2026-03-02T11:00:00Z")));
        Assert.That(book.Calls[Call].BerthingBy, Is.EqualTo(BerthingBy.Announced));
        Hear(news, "expected-arrivals", Expected("SEGOT", "2026-03-02T09:00:00Z"));
        Assert.That(book.Calls[Call].BerthingAtMs, Is.EqualTo(AtMs("2026-03-02T11:00:00Z")));
    }

    [Test]
    public void A_line_without_a_ship_is_refused() =>
        Assert.That(TryHear(new NewsDesk(new CaseBook(new AlertOptions().Correlation), new AlertOptions()), "expected-arrivals", """{"properties":{}}"""), Is.False);

    private static void Hear(NewsDesk news, string collection, string line) => Assert.That(TryHear(news, collection, line), Is.True);

    private static bool TryHear(NewsDesk news, string collection, string line)
    {
        using var fields = LineFields.TryRead(Encoding.UTF8.GetBytes(line))!;
        return news.Take(collection, fields, KnownAtMs);
    }

    private static string Declared(string? eta) =>
        $$$"""{"geometry":null,"properties":{"id":"{{{Call}}}","subject":"{{{Call}}}","port":"SEGOT","mmsi":257111000,"eta_at":{{{(eta is null ? "null" : $"\"{eta}\"")}}},"status":"expected"}}""";

    private static string Expected(string port, string eta) =>
        $$$"""{"geometry":null,"properties":{"id":"mmsi:257111000","subject":"mmsi:257111000","mmsi":257111000,"state":"under-way","destination_locode":"{{{port}}}","eta_low_at":"2026-03-02T04:00:00Z","eta_at":"{{{eta}}}","eta_high_at":"2026-03-02T12:00:00Z"}}""";

    private static long AtMs(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
