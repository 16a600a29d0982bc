using Waybill.IntakeService.Tests.Support;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Memory;

/// <summary>Tests with processes of their own, as they leave thousands of notifications behind that are due; after all others, which would starve beside them.</summary>
public sealed class HungryFixture : IntakeFixture
{
    private protected override Task<StatusServiceHost> StartStatusAsync(LocalBackends backends) => StatusServiceHost.StartAsync(backends);
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HungryCollection : ICollectionFixture<HungryFixture>
{
    public const string Name = "Hungry clients";
}
