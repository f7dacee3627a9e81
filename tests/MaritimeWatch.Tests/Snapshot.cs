using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MaritimeWatch.Tests;

/// <summary>
/// Compares JSON with a file beside the test, in the file convention of Verify: <c>Class.Test.verified.json</c> is
/// committed, <c>Class.Test.received.json</c> is written where they differ. To accept a change, rename the latter.
/// </summary>
internal static class Snapshot
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Fails unless the JSON is that of the verified file, whatever its white space.</summary>
    /// <param name="json">What the code made.</param>
    /// <param name="file">The test's file; the compiler fills it in.</param>
    public static void Match(string json, [CallerFilePath] string file = "")
    {
        var test = TestContext.CurrentContext.Test;
        var stem = Path.Combine(
            Path.GetDirectoryName(file)!, $"{test.ClassName!.Split('.')[^1]}.{test.MethodName}");
        var received = Normal(json);
        var verified = File.Exists(stem + ".verified.json") ? Normal(File.ReadAllText(stem + ".verified.json")) : null;
        if (received == verified)
        {
            File.Delete(stem + ".received.json");
            return;
        }

        File.WriteAllText(stem + ".received.json", received);
        Assert.That(received, Is.EqualTo(verified), $"see {stem}.received.json");
    }

    private static string Normal(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document, Indented) + "\n";
    }
}
