namespace Waybill.Simulation.Model;

/// <summary>Every step that anyone may take next: intake, Dispatcher, workers, the client, time, and faults.</summary>
internal static class ModelRules
{
    public const int MaxAttempts = 2;

    /// <summary>Claims beyond which the Dispatcher gives up; small, so that giving up is reached.</summary>
    public const int MostClaims = 3;

    public const int MostCopies = 2;

    public static ModelState Start => new() { CrashesLeft = 2, OtherFaultsLeft = 1 };

    public static IEnumerable<ModelStep> From(ModelState state) =>
        IntakeRules.From(state)
            .Concat(DispatcherRules.From(state))
            .Concat(WorkerRules.From(state, LeaseHolder.First))
            .Concat(WorkerRules.From(state, LeaseHolder.Second))
            .Concat(ClientRules.From(state))
            .Concat(EndpointRules.From(state))
            .Concat(TimeRules.From(state))
            .Concat(QueueFaultRules.From(state));

    /// <summary>A send: taken, refused, or taken although it seems refused.</summary>
    public static IEnumerable<ModelStep> Send(ModelState state, Func<ModelState, ModelState> sent, Func<ModelState, ModelState> failed)
    {
        var arrived = state with { Copies = (byte)Math.Min(state.Copies + 1, MostCopies) };
        yield return new ModelStep("send", sent(arrived));
        yield return new ModelStep("send refused", failed(state), IsFault: true);

        if (state.OtherFaultsLeft > 0)
        {
            yield return new ModelStep("send seems refused", failed(arrived with { OtherFaultsLeft = (byte)(state.OtherFaultsLeft - 1) }), IsFault: true);
        }
    }
}
