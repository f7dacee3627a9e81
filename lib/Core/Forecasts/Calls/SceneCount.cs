using System.Text.Json;

namespace MaritimeWatch.Forecasts.Calls;

/// <summary>Ships that a satellite scene shows at one stopping place, as a line of <c>scene-counts</c> says it.</summary>
public sealed record SceneCount
{
    /// <summary>The scene's id.</summary>
    public required string Scene { get; init; }

    /// <summary>UN/LOCODE of the port.</summary>
    public required string Port { get; init; }

    /// <summary>The stopping place.</summary>
    public required string Place { get; init; }

    /// <summary>It is an anchorage; else a berth, or the port's published point.</summary>
    public bool IsAnchorage { get; init; }

    /// <summary>When the scene was taken, milliseconds since 1970 UTC.</summary>
    public required long AtMs { get; init; }

    /// <summary>When this could be known.</summary>
    public required long KnownAtMs { get; init; }

    /// <summary>Ships that a report explains, from 0.</summary>
    public int WithAis { get; init; }

    /// <summary>Ships that no report explains, from 0.</summary>
    public int WithoutAis { get; init; }

    /// <summary>Ships of which neither can be said, from 0.</summary>
    public int Unsettled { get; init; }

    /// <summary>It stands on simulated data.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Reads a line; null where it is none, or names no port.</summary>
    /// <param name="line">One feature of <c>scene-counts</c>.</param>
    public static SceneCount? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var of = document.RootElement.GetProperty("properties");
            return LineText.Of(of, "port") is not { } port || LineText.AtMs(of, "at") is not { } at ? null : new SceneCount
            {
                Scene = of.GetProperty("scene").GetString()!,
                Port = port,
                Place = of.GetProperty("place").GetString()!,
                IsAnchorage = LineText.Of(of, "place_kind") == "anchorage",
                AtMs = at,
                KnownAtMs = LineText.AtMs(of, "known_at") ?? at,
                WithAis = of.GetProperty("with_ais").GetInt32(),
                WithoutAis = of.GetProperty("without_ais").GetInt32(),
                Unsettled = of.GetProperty("unsettled").GetInt32(),
                IsSimulated = LineText.IsTrue(of, "simulated"),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
