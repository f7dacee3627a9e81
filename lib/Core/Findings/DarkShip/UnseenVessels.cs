using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>Why a vessel that reported has no echo.</summary>
internal enum UnseenReason
{
    /// <summary>Its place is outside the picture, or may well be.</summary>
    Outside,

    /// <summary>Its hull is too small to show, or it does not say how large it is.</summary>
    TooSmall,

    /// <summary>It is not sure enough where it was.</summary>
    PlaceUnsure,

    /// <summary>It was not heard about the time.</summary>
    Silent,

    /// <summary>None of these: it should show. The detector missed it, or its report is not true.</summary>
    Absent,
}

/// <summary>A vessel without an echo, and why.</summary>
internal readonly record struct UnseenVessel(SceneCandidate Vessel, UnseenReason Reason);

/// <summary>The vessels of a scene that have no echo.</summary>
internal static class UnseenVessels
{
    private const int SurePlaceMetres = 300;

    /// <summary>All of them, in the order of the entry.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="matches">What its echoes are.</param>
    public static IReadOnlyList<UnseenVessel> Of(SceneEntry scene, SceneMatch[] matches)
    {
        var isSeen = new bool[scene.Candidates.Count];
        foreach (var match in matches)
        {
            if (match.Candidate >= 0)
            {
                isSeen[match.Candidate] = true;
            }
            else if (match.Silent >= 0 && match.SilentMilli >= SceneJudgement.MatchedMilli)
            {
                isSeen[match.Silent] = true; // The dark echo is named after it.
            }
        }

        var box = GeoBox.Of([.. scene.Corners]);
        return [.. scene.Candidates.Where((_, index) => !isSeen[index]).Select(vessel => new UnseenVessel(vessel, Why(scene, box, vessel)))];
    }

    /// <summary>The word of a reason.</summary>
    public static string Word(UnseenReason reason) => reason switch
    {
        UnseenReason.Outside => "outside",
        UnseenReason.TooSmall => "too-small",
        UnseenReason.PlaceUnsure => "place-unsure",
        UnseenReason.Silent => "silent",
        _ => "absent",
    };

    // The footprint is a ring of four corners that may lie aslant in its box.
    private static UnseenReason Why(SceneEntry scene, GeoBox box, SceneCandidate vessel) =>
        !box.Contains(vessel.Where) || !IsInside(scene, vessel) ? UnseenReason.Outside
        : !vessel.IsReporting ? UnseenReason.Silent
        : vessel.SigmaM > SurePlaceMetres ? UnseenReason.PlaceUnsure
        : vessel.LengthM is null || vessel.LengthM < SceneSensors.SmallestLengthMetres(scene.Sensor) ? UnseenReason.TooSmall
        : UnseenReason.Absent;

    private static bool IsInside(SceneEntry scene, SceneCandidate vessel)
    {
        var corners = scene.Corners;
        var (east, north) = ((double)Longitudes.Wrap((long)vessel.Lon - corners[0].LongitudeE7), (double)vessel.Lat);
        var isInside = false;
        for (var (i, j) = (0, corners.Count - 1); i < corners.Count; j = i++)
        {
            var (xi, yi) = ((double)Longitudes.Wrap((long)corners[i].LongitudeE7 - corners[0].LongitudeE7), (double)corners[i].LatitudeE7);
            var (xj, yj) = ((double)Longitudes.Wrap((long)corners[j].LongitudeE7 - corners[0].LongitudeE7), (double)corners[j].LatitudeE7);
            if (yi > north != yj > north && east < ((xj - xi) * (north - yi) / (yj - yi)) + xi)
            {
                isInside = !isInside;
            }
        }

        return isInside;
    }
}
