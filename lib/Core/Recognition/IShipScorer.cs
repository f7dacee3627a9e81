namespace MaritimeWatch.Recognition;

/// <summary>
/// A network that says for every cell of a view whether a ship's centre lies in it, and how the ship lies. The same numbers
/// in give the same numbers out on the same kind of processor. Safe to call from several threads.
/// </summary>
public interface IShipScorer
{
    /// <summary>Planes of the output: heat, dx, dy, ln width, ln height, ln length, cos 2a, sin 2a.</summary>
    const int Planes = 8;

    /// <summary>Scores one view.</summary>
    /// <param name="view">Bands times height times width numbers, band by band, row by row, as the network was trained.</param>
    /// <param name="bands">Bands of the view.</param>
    /// <param name="height">Rows, a multiple of what the network asks.</param>
    /// <param name="width">Columns, likewise.</param>
    /// <param name="scores">Takes <see cref="Planes"/> times cells, plane by plane.</param>
    void Score(float[] view, int bands, int height, int width, float[] scores);
}
