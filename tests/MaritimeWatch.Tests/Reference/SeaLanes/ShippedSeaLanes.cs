using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Reference.SeaLanes;

namespace MaritimeWatch.Tests.Reference.SeaLanes;

/// <summary>The network as it comes with the program.</summary>
internal static class ShippedSeaLanes
{
    public static SeaLaneNetwork Network => ReferenceDefaults.SeaLanes ?? throw new FileNotFoundException("reference/sea-lanes.json is not beside the program");
}
