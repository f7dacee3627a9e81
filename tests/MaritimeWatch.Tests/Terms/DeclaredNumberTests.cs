using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Terms;

[TestFixture]
public sealed class DeclaredNumberTests
{
    [TestCase("MWCU6059784")]
    [TestCase("FCIU5956299")]
    [TestCase("TCLU5546482")]
    [TestCase("tclu 554648-2")]
    public void A_container_number_with_the_right_check_digit_is_taken(string text)
    {
        Assert.That(ContainerNumber.TryParse(text, out var number));
        Assert.That(number.Value, Is.EqualTo(ContainerNumber.Bare(text)));
    }

    [TestCase("MWCU6059785", ContainerFault.CheckDigit)]
    [TestCase("MWCU605978", ContainerFault.Form)]
    [TestCase("MWCX6059784", ContainerFault.Form)]
    [TestCase("EQ123456", ContainerFault.Form)]
    [TestCase("", ContainerFault.Form)]
    public void A_wrong_container_number_says_what_is_wrong(string text, ContainerFault fault) =>
        Assert.That(ContainerNumber.Read(text, out _), Is.EqualTo(fault));

    [Test]
    public void Every_wrong_last_digit_of_a_container_number_is_noticed() =>
        Assert.That(Enumerable.Range(0, 10).Count(d => ContainerNumber.TryParse($"MWCU605978{d}", out _)), Is.EqualTo(1));

    [Test]
    public void A_remainder_of_ten_gives_check_digit_nought()
    {
        var number = Enumerable.Range(0, 1_000_000).Select(n => $"MWCU{n:D6}").First(n => SumOf(n) % 11 == 10);
        Assert.That(ContainerNumber.TryParse(number + "0", out _));
    }

    [TestCase("9347346", 9347346)]
    [TestCase("IMO9347346", 9347346)]
    [TestCase("IMO 9074729", 9074729)]
    public void An_IMO_number_with_the_right_check_digit_is_taken(string text, int value)
    {
        Assert.That(ImoNumber.TryParse(text, out var imo));
        Assert.That(imo.Value, Is.EqualTo(value));
    }

    [TestCase("9347345")]
    [TestCase("0347346")]
    [TestCase("934734")]
    [TestCase("93473460")]
    [TestCase("IMO")]
    public void A_wrong_IMO_number_is_refused(string text) => Assert.That(ImoNumber.TryParse(text, out _), Is.False);

    [TestCase("SEGOT", "SEGOT")]
    [TestCase("se got", "SEGOT")]
    [TestCase("US2AB", "US2AB")]
    public void A_locode_is_taken_in_its_usual_spellings(string text, string code)
    {
        Assert.That(UnLocode.TryParse(text, out var locode));
        Assert.That(locode.Value, Is.EqualTo(code));
        Assert.That(locode.Country, Is.EqualTo(code[..2]));
    }

    [TestCase("SE")]
    [TestCase("S1GOT")]
    [TestCase("SEG0T")]
    [TestCase(null)]
    public void What_is_no_locode_is_refused(string? text) => Assert.That(UnLocode.TryParse(text, out _), Is.False);

    // The table of ISO 6346 written out, so that the formula in the code has something to be compared with.
    private static int SumOf(string number)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        int[] values = [10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 34, 35, 36, 37, 38];
        return number.Select((c, i) => (char.IsDigit(c) ? c - '0' : values[Letters.IndexOf(c, StringComparison.Ordinal)]) * (1 << i)).Sum();
    }
}
