using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Terms;

[TestFixture]
public sealed class PlateTests
{
    private static readonly PlateTokens Tokens = new(Enumerable.Repeat((byte)7, 32).ToArray());

    [TestCase("ab-12 cde", "AB12CDE")]
    [TestCase("ＡＢ１２", "AB12")]
    [TestCase("А123ВС 77", "A123BC77")]
    [TestCase("ΙΚΒ-1234", "IKB1234")]
    [TestCase("å ä ö 123", "AAO123")]
    [TestCase("١٢٣ د", "123د")]
    [TestCase("京A·88888", "京A88888")]
    public void A_plate_is_upper_case_letters_and_digits(string raw, string text)
    {
        Assert.That(Plate.TryParse(raw, out var plate), Is.True);
        Assert.That(plate.Text, Is.EqualTo(text));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("- . -")]
    [TestCase("A")]
    [TestCase("ABCDEFGHIJKLMNOPQ")]
    public void What_is_no_plate_is_refused(string? raw) => Assert.That(Plate.TryParse(raw, out _), Is.False);

    [TestCase("O0DQ", "0000")]
    [TestCase("I1Z2", "1122")]
    [TestCase("S5B8G6", "558866")]
    public void Look_alikes_are_one(string raw, string folded)
    {
        Assert.That(Plate.TryParse(raw, out var plate), Is.True);
        Assert.That(plate.Folded, Is.EqualTo(folded));
    }

    [TestCase("AB12CDE", "A8I2COE", true, false, TestName = "A look alike is the same")]
    [TestCase("AB12CDE", "AB12CDF", false, true, TestName = "A wrong character is near")]
    [TestCase("AB12CDE", "AB12CE", false, true, TestName = "A lost character is near")]
    [TestCase("AB12CDE", "AB12CDEF", false, true, TestName = "An added character is near")]
    [TestCase("AB12CDE", "AB12CFH", false, false, TestName = "Two wrong characters are far")]
    public void Tokens_tell_same_near_and_far(string left, string right, bool isSame, bool isNear)
    {
        var (a, b) = (Of(left), Of(right));
        Assert.Multiple(() =>
        {
            Assert.That(a.Exact == b.Exact, Is.EqualTo(isSame));
            Assert.That(a.IsNear(b), Is.EqualTo(isNear));
            Assert.That(b.IsNear(a), Is.EqualTo(isNear));
        });
    }

    [Test]
    public void A_token_says_nothing_without_the_key_and_the_same_within_it()
    {
        var other = new PlateTokens(Enumerable.Repeat((byte)8, 32).ToArray());
        Assert.That(Plate.TryParse("AB12CDE", out var plate), Is.True);
        Assert.Multiple(() =>
        {
            var once = Tokens.Of(plate).Exact;
            Assert.That(Tokens.Of(plate).Exact, Is.EqualTo(once).And.Match("^[0-9a-f]{32}$"));
            Assert.That(other.Of(plate).Exact, Is.Not.EqualTo(Tokens.Of(plate).Exact));
            Assert.That(plate.ToString(), Does.Not.Contain("AB12"));
            Assert.That(Tokens.PartyToken("Acme Ltd."), Is.EqualTo(Tokens.PartyToken("ACME LTD")));
            Assert.That(Tokens.PartyToken("AB12CDE"), Is.Not.EqualTo(Tokens.Of(plate).Exact));
        });
    }

    private static TokenSet Of(string raw) =>
        Plate.TryParse(raw, out var plate) ? Tokens.Of(plate) : throw new ArgumentException(raw);
}
