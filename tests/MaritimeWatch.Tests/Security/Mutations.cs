using System.Text;

namespace MaritimeWatch.Tests.Security;

/// <summary>Bad bytes made of good ones: what a careless or hostile sender might send in place of them.</summary>
internal sealed class Mutations(int seed)
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "-1", "1e999", "99999999999999999999", "-9223372036854775808", "0.1", "\\u0000", "\\ud800", "\\", "\\\"",
        "landing/", "../", "keys/tokens", "keys/day/2026-03-01", "/", ".", "\0", "\r\n", "\u00e9", "\u202e", "*", "plates", "watch", "\"Data\":{}", "\"format\":2",
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>", "UNA:+.? '", "'", "+", "?", "!AIVDM,1,1,,A,", "\\g:1-2-73874*", new string('[', 64), new string('9', 400),
    ];

    private readonly Random random = new(seed);

    public byte[] Of(byte[] good)
    {
        var bytes = new List<byte>(good);
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            Change(bytes);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        var at = bytes.Count == 0 ? 0 : random.Next(bytes.Count);
        var length = Math.Min(bytes.Count - at, random.Next(1, 40));
        switch (random.Next(8))
        {
            case 0 when bytes.Count > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                Replace(bytes, (byte)'"', Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                break;
            case 6:
                ReplaceNumber(bytes);
                break;
            default:
                bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 8)).Select(_ => (byte)random.Next(256)));
                break;
        }
    }

    // The inside of a text: between two quotation marks.
    private void Replace(List<byte> bytes, byte mark, byte[] by)
    {
        var marks = Enumerable.Range(0, bytes.Count).Where(i => bytes[i] == mark).ToList();
        if (marks.Count >= 2)
        {
            var first = random.Next(marks.Count - 1);
            bytes.RemoveRange(marks[first] + 1, marks[first + 1] - marks[first] - 1);
            bytes.InsertRange(marks[first] + 1, by);
        }
    }

    private void ReplaceNumber(List<byte> bytes)
    {
        var digits = Enumerable.Range(0, bytes.Count).Where(i => char.IsAsciiDigit((char)bytes[i])).ToList();
        if (digits.Count > 0)
        {
            var at = digits[random.Next(digits.Count)];
            bytes.RemoveAt(at);
            bytes.InsertRange(at, Encoding.ASCII.GetBytes(Pieces[random.Next(8, 14)]));
        }
    }
}
