using MaritimeWatch.Log;
using MaritimeWatch.StandIn.Faults;

namespace MaritimeWatch.Worker;

/// <summary>Faults planted on purpose (MW_PLANT), to show that the judge of the chaos run can see them.</summary>
internal static class Plants
{
    /// <summary>The store, or one with the planted fault.</summary>
    public static IBlobStore InPlaceOf(IBlobStore store) => Environment.GetEnvironmentVariable("MW_PLANT") switch
    {
        "unconditional" => new UnconditionalStore(store),
        null or "" => store,
        var other => throw new ArgumentException($"there is no fault '{other}' to plant"),
    };
}
