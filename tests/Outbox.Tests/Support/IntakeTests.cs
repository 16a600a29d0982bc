namespace Waybill.Outbox.Tests.Support;

/// <summary>Tests that have an intake of their own, each.</summary>
public abstract class IntakeTests : IAsyncLifetime
{
    private protected RecordingIntake Intake { get; private set; } = null!;

    public async Task InitializeAsync() => Intake = await RecordingIntake.StartAsync();

    public async Task DisposeAsync() => await Intake.DisposeAsync();
}
