using Waybill.IntakeService.Tests.Support;

namespace Waybill.IntakeService.Tests.Memory;

/// <summary>Tests with processes of their own, as they leave thousands of notifications behind that are due.</summary>
[CollectionDefinition(Name)]
public sealed class HungryCollection : ICollectionFixture<IntakeFixture>
{
    public const string Name = "Hungry clients";
}
