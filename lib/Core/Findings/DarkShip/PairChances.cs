namespace MaritimeWatch.Findings.DarkShip;

/// <summary>
/// The chance of each pair over all ways in which echoes and vessels can be paired one to one, by sum-product on the graph of
/// pairs: Williams and Lau, "Approximate evaluation of marginal association probabilities with belief propagation", IEEE
/// Trans. AES 50, 2014; it always settles. A pair's weight is its odds against leaving both alone.
/// </summary>
internal static class PairChances
{
    private const int RoundsMax = 200;
    private const double Settled = 1e-7;

    /// <summary>Of each pair, in the order of the pairs.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="pairs">Row, column and odds, more than 0; each pair once.</param>
    public static double[] Of(int rows, int columns, IReadOnlyList<(int Row, int Column, double Odds)> pairs)
    {
        var toColumn = new double[pairs.Count];
        var toRow = new double[pairs.Count];
        Array.Fill(toRow, 1);
        var (rowSum, columnSum) = (new double[rows], new double[columns]);
        for (var round = 0; round < RoundsMax; round++)
        {
            Sum(rowSum, index => pairs[index].Row, index => pairs[index].Odds * toRow[index]);
            for (var i = 0; i < pairs.Count; i++)
            {
                var own = pairs[i].Odds * toRow[i];
                toColumn[i] = pairs[i].Odds / (1 + Rest(rowSum[pairs[i].Row], own));
            }

            Sum(columnSum, index => pairs[index].Column, index => toColumn[index]);
            var change = 0.0;
            for (var i = 0; i < pairs.Count; i++)
            {
                var next = 1 / (1 + Rest(columnSum[pairs[i].Column], toColumn[i]));
                change = Math.Max(change, Math.Abs(next - toRow[i]));
                toRow[i] = next;
            }

            if (change < Settled)
            {
                break;
            }
        }

        Sum(rowSum, index => pairs[index].Row, index => pairs[index].Odds * toRow[index]);
        return [.. pairs.Select((pair, index) => pair.Odds * toRow[index] / (1 + rowSum[pair.Row]))];

        void Sum(double[] into, Func<int, int> where, Func<int, double> value)
        {
            Array.Clear(into);
            for (var i = 0; i < pairs.Count; i++)
            {
                into[where(i)] += value(i);
            }
        }
    }

    // A sum less one of its parts; what rounding leaves below nothing is nothing.
    private static double Rest(double sum, double part) => Math.Max(0, sum - part);
}
