namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>Tests that measure: no other test of this project runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
