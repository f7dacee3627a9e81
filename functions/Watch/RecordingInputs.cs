using System.Globalization;

namespace MaritimeWatch.Functions.Watch;

/// <summary>What a replay was pointed at: recordings, and reference data where a folder is a scenario.</summary>
/// <param name="Files">Recordings, ordinal by path, each once.</param>
/// <param name="References">Kind and file, valid from the start.</param>
/// <param name="Simulated">A scenario's folder was among them.</param>
internal sealed record RecordingInputs(
    IReadOnlyList<string> Files, IReadOnlyList<(string Kind, string Path)> References, bool Simulated)
{
    /// <summary>The file that marks a folder as made by <c>scenario</c>.</summary>
    public const string ScenarioMark = "scenario.json";

    private static readonly string[] AnswerFiles = [".chk", ".md", ".geojson", ".tif", ".tiff"];

    /// <summary>Finds what to read. A scenario's folder is taken whole, but for its truth.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <exception cref="FileNotFoundException">A path is not there.</exception>
    public static RecordingInputs Find(IEnumerable<string> paths)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var references = new List<(string, string)>();
        var simulated = false;
        foreach (var path in paths.Select(Path.GetFullPath))
        {
            if (File.Exists(path))
            {
                files.Add(path);
            }
            else if (File.Exists(Path.Combine(path, ScenarioMark)))
            {
                simulated = true;
                files.UnionWith(Directory.EnumerateFiles(path, "ais.*"));
                var folder = Path.Combine(path, "reference");
                if (Directory.Exists(folder))
                {
                    references.AddRange(Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
                        .Select(file => (Path.GetFileNameWithoutExtension(file), file)));
                }
            }
            else if (Directory.Exists(path))
            {
                files.UnionWith(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsRecording));
            }
            else
            {
                throw new FileNotFoundException($"there is no file or folder {path}", path);
            }
        }

        return new RecordingInputs([.. files], references, simulated);
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
