using System.Text;
using System.Text.Json;

namespace MaritimeWatch.Scenario;

/// <summary>JSON of the scenario's files.</summary>
internal static class ScenarioJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>One object as a line of NDJSON, without its line end.</summary>
    public static string Line(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>A file for people to read too.</summary>
    public static void WriteFile(string path, Action<Utf8JsonWriter> body)
    {
        using var file = File.Create(path);
        using (var json = new Utf8JsonWriter(file, Indented))
        {
            body(json);
        }

        file.WriteByte((byte)'\n');
    }

    /// <summary>Lines in order of their instants; those of one instant keep their order.</summary>
    public static void WriteLines(string path, IEnumerable<SentLine> lines)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        foreach (var line in lines.OrderBy(line => line.SentAtMs))
        {
            file.WriteLine(line.Line);
        }
    }
}
