namespace Waybill.Infra.Tests.Support;

/// <summary>One synthesis for all tests that only look, as starting the library takes seconds.</summary>
public sealed class DeployedFixture
{
    internal Deployed Waybill { get; } = Deployed.With();
}

/// <summary>Every test that synthesizes belongs here, even if with settings of its own: the library serves one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class DeployedCollection : ICollectionFixture<DeployedFixture>
{
    public const string Name = "One deployment";
}
