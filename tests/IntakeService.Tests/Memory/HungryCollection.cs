using Waybill.IntakeService.Tests.Support;

namespace Waybill.IntakeService.Tests.Memory;

/// <summary>Tests with services of their own, as they leave thousands of notifications behind that are due; after all others, which would starve beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HungryCollection : ICollectionFixture<IntakeFixture>
{
    public const string Name = "Hungry clients";
}
