using MassTransit;

namespace Waybill.StandIns.Messaging.Tests.Support;

/// <summary>A test of what a stand-in leaves out; skipped with the published packages, which leave out nothing.</summary>
public sealed class StandInFactAttribute : FactAttribute
{
    public StandInFactAttribute() => Skip = StandIns.ReasonToSkip;
}

/// <inheritdoc cref="StandInFactAttribute"/>
public sealed class StandInTheoryAttribute : TheoryAttribute
{
    public StandInTheoryAttribute() => Skip = StandIns.ReasonToSkip;
}

internal static class StandIns
{
    /// <summary>The published assemblies are signed.</summary>
    private static readonly bool InUse = typeof(IAmazonSqsBusFactoryConfigurator).Assembly.GetName().GetPublicKeyToken() is not { Length: > 0 };

    public static string? ReasonToSkip => InUse ? null : "Says what the stand-in leaves out";
}
