namespace Waybill.Infra.Tests.Support;

/// <summary>One synthesis for all tests that only look, as starting the library takes seconds.</summary>
public sealed class DeployedFixture
{
    internal Deployed Waybill { get; } = Deployed.With();
}

[CollectionDefinition(Name)]
public sealed class DeployedCollection : ICollectionFixture<DeployedFixture>
{
    public const string Name = "One deployment";
}
