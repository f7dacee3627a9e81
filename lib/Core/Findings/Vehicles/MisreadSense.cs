using MaritimeWatch.Intake.Anpr;

namespace MaritimeWatch.Findings.Vehicles;

/// <summary>
/// Whether a read may be a misread of another vehicle under way: its plate differs by one character, and that vehicle
/// could be at that camera at that time.
/// </summary>
internal sealed class MisreadSense(GateState state, RoadSense roads)
{
    private const int SamePlacePermille = 800;
    private const int UsualTimePermille = 900;
    private const int PossibleTimePermille = 500;

    // Without anything learned, the next camera is reached within this.
    private const long NextCameraMs = 15 * 60_000L;
    private const long SamePlaceMs = 30_000;

    /// <summary>The best candidate and how well time and place fit, permille; null where none fits.</summary>
    public (string Token, int Permille)? Find(TokenRead read)
    {
        (string Token, int Permille)? best = null;
        foreach (var token in state.Near.Of(read.Token, read.Deletions))
        {
            foreach (var journey in state.Find(token)?.Journeys ?? [])
            {
                var weight = WeightOf(journey.Last, read);
                if (weight > (best?.Permille ?? 0))
                {
                    best = (token, weight);
                }
            }
        }

        return best;
    }

    private int WeightOf(Stop last, TokenRead read)
    {
        var travelMs = read.AtMs - last.LastSeenMs;
        if (last.Camera == read.Camera)
        {
            return travelMs <= SamePlaceMs ? SamePlacePermille : 0;
        }

        var way = state.Ways.Find(last.Camera, read.Camera);
        if ((way is null && roads.Network.Link(last.Camera, read.Camera) is null) || !roads.IsPossible(last.Camera, read.Camera, travelMs))
        {
            return 0;
        }

        if (roads.UsualMs(way, read.AtMs) is not { } usual)
        {
            return travelMs <= NextCameraMs ? PossibleTimePermille : 0;
        }

        return travelMs <= usual.MostMs ? UsualTimePermille : travelMs <= 3 * usual.MedianMs ? PossibleTimePermille : 0;
    }
}
