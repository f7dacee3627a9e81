using System.Globalization;

namespace MaritimeWatch.Functions.Watch;

/// <summary>What a replay was pointed at: recordings, documents, and reference data where a folder is a scenario.</summary>
/// <param name="Files">Recordings of AIS, ordinal by path, each once.</param>
/// <param name="Documents">What comes through another door, with the door: plates, manifests, notices, scenes; ordinal by path.</param>
/// <param name="References">Kind and file, valid from the start.</param>
/// <param name="Simulated">A scenario's folder was among them.</param>
internal sealed record RecordingInputs(
    IReadOnlyList<string> Files,
    IReadOnlyList<(string Door, string Path)> Documents,
    IReadOnlyList<(string Kind, string Path)> References,
    bool Simulated)
{
    /// <summary>The SIMULATED token key that a scenario brings, or null.</summary>
    public string? EpochKeyPath { get; init; }

    /// <summary>The file that marks a folder as made by <c>scenario</c>.</summary>
    public const string ScenarioMark = "scenario.json";

    private static readonly string[] AnswerFiles = [".chk", ".md", ".geojson"];

    /// <summary>Finds what to read. A scenario's folder is taken whole, but for its truth.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <exception cref="FileNotFoundException">A path is not there.</exception>
    public static RecordingInputs Find(IEnumerable<string> paths)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var documents = new SortedSet<(string Path, string Door)>();
        var references = new List<(string, string)>();
        var simulated = false;
        string? epochKey = null;
        foreach (var path in paths.Select(Path.GetFullPath))
        {
            if (File.Exists(path))
            {
                Sort(path, files, documents);
            }
            else if (File.Exists(Path.Combine(path, ScenarioMark)))
            {
                simulated = true;
                epochKey = Path.Combine(path, "epoch.key") is var key && File.Exists(key) ? key : epochKey;
                files.UnionWith(Directory.EnumerateFiles(path, "ais.*"));
                documents.UnionWith(OfScenario(path));
                var folder = Path.Combine(path, "reference");
                if (Directory.Exists(folder))
                {
                    references.AddRange(Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
                        .Select(file => (Path.GetFileNameWithoutExtension(file), file)));
                }
            }
            else if (Directory.Exists(path))
            {
                foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsRecording))
                {
                    Sort(file, files, documents);
                }
            }
            else
            {
                throw new FileNotFoundException($"there is no file or folder {path}", path);
            }
        }

        return new RecordingInputs([.. files], [.. documents.Select(one => (one.Door, one.Path))], references, simulated)
        {
            EpochKeyPath = epochKey,
        };
    }

    private static void Sort(string path, SortedSet<string> files, SortedSet<(string Path, string Door)> documents)
    {
        if (DocumentKind.DoorOf(path) is { } door)
        {
            documents.Add((path, door));
        }
        else
        {
            files.Add(path);
        }
    }

    private static IEnumerable<(string Path, string Door)> OfScenario(string folder)
    {
        IEnumerable<(string, string)> In(string door, string under, string pattern) =>
            Directory.Exists(Path.Combine(folder, under))
                ? Directory.EnumerateFiles(Path.Combine(folder, under), pattern).Select(file => (file, door))
                : [];
        return
        [
            .. In("plates", ".", "plates.*"), .. In("notices", ".", "notices.*"),
            .. In("manifests", "manifests", "*"), .. In("scenes", "scenes", "*.tif"),
        ];
    }

    /// <summary>A source name that blob names allow: the file's name in lower case, odd characters as '-'.</summary>
    /// <param name="path">The file.</param>
    public static string SourceOf(string path)
    {
        var name = Path.GetFileName(path).ToLower(CultureInfo.InvariantCulture);
        var clean = new string([.. name.Take(60).Select(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' ? c : '-')]);
        return clean.Trim('-') is { Length: > 0 } kept ? kept : "file";
    }

    // Answer files that lie beside published recordings (expected decodes) are not recordings: x.json beside x.nmea.
    private static bool IsRecording(string path)
    {
        var name = Path.GetFileName(path);
        if (name.StartsWith('.') || AnswerFiles.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        return !name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            || !File.Exists(Path.ChangeExtension(path, ".nmea"));
    }
}
