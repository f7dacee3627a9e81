namespace MaritimeWatch.Recognition;

/// <summary>A ship as a network says it, in pixels.</summary>
/// <param name="X">Centre, columns.</param>
/// <param name="Y">Centre, rows.</param>
/// <param name="Width">Of the upright box around it.</param>
/// <param name="Height">Of the upright box around it.</param>
/// <param name="Length">Of its own long side.</param>
/// <param name="Angle">Of its long side, radians from the columns' way towards the rows' way, -pi/2 to pi/2.</param>
/// <param name="ConfidenceMilli">How sure, thousandths.</param>
internal readonly record struct HeatShip(
    double X, double Y, double Width, double Height, double Length, double Angle, int ConfidenceMilli)
{
    /// <summary>In which view it was seen, a number of its own for each.</summary>
    public int View { get; init; }

    /// <summary>The upright box.</summary>
    public PixelBox Box => new(X - (Width / 2), Y - (Height / 2), X + (Width / 2), Y + (Height / 2));

    /// <summary>
    /// True where two views show one ship: each holds the other's centre. Small boxes that two views place a pixel apart
    /// overlap by less than any sensible threshold.
    /// </summary>
    public bool IsSameElsewhere(HeatShip other) => View != other.View
        && Math.Abs(X - other.X) * 2 < Math.Min(Width, other.Width) && Math.Abs(Y - other.Y) * 2 < Math.Min(Height, other.Height);

    /// <summary>The same, elsewhere.</summary>
    public HeatShip Moved(double x, double y) => this with { X = X + x, Y = Y + y };
}
