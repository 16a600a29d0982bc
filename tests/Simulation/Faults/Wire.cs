using Waybill.Simulation.Engine;
using Waybill.Simulation.Processes;

namespace Waybill.Simulation.Faults;

/// <summary>Carries an operation from a process to the table, the queue or a service, and its answer back; or not.</summary>
internal sealed class Wire(EventLoop loop, FaultPlan faults, Trace trace)
{
    /// <summary>Ends a process without warning.</summary>
    public Action<SimulatedProcess> Crash { get; set; } = process => process.End();

    /// <summary>Told where one is to crash.</summary>
    public Action<Operation, CrashPoint>? Crashing { get; init; }

    /// <param name="timeout">After which the caller's client gives up; the effect may come even later.</param>
    /// <param name="effect">Runs at the other side.</param>
    public Task<T> Call<T>(SimulatedProcess caller, Operation operation, TimeSpan timeout, Func<Task<T>> effect, CancellationToken cancellationToken = default)
    {
        var answer = new TaskCompletionSource<T>();
        var journey = faults.JourneyOf(operation);
        Tell(caller, operation, journey);

        if (journey.Crash != CrashPoint.None)
        {
            Crashing?.Invoke(operation, journey.Crash);
        }

        caller.WaitsFor(answer.Task);

        if (operation.Boundary == Boundary.Status || !journey.EndsWithin(timeout))
        {
            caller.After(timeout, () => GiveUp(answer));
        }

        if (cancellationToken.CanBeCanceled)
        {
            cancellationToken.UnsafeRegister(_ => answer.TrySetCanceled(cancellationToken), null);
        }

        if (journey.Out is { } arrival)
        {
            loop.After(arrival, () => _ = ArriveAsync(caller, journey, effect, answer));
        }

        return answer.Task;
    }

    private static void GiveUp<T>(TaskCompletionSource<T> answer)
    {
        if (!answer.Task.IsCompleted)
        {
            answer.TrySetException(FaultErrors.Timeout());
        }
    }

    private async Task ArriveAsync<T>(SimulatedProcess caller, Journey journey, Func<Task<T>> effect, TaskCompletionSource<T> answer)
    {
        if (journey.Crash == CrashPoint.BeforeEffect)
        {
            CrashIfAlive(caller);
            return;
        }

        if (journey.Refusal is not null)
        {
            caller.After(journey.Back!.Value, () => answer.TrySetException(journey.Refusal));
            return;
        }

        try
        {
            var result = await effect();
            Return(caller, journey, () => End(answer, result, journey.Error));
        }
        catch (Exception exception)
        {
            Return(caller, journey, () => answer.TrySetException(journey.Error ?? exception));
        }
    }

    private void Return(SimulatedProcess caller, Journey journey, Action end)
    {
        if (journey.Crash == CrashPoint.AfterEffect)
        {
            CrashIfAlive(caller);
        }
        else if (journey.Back is { } back)
        {
            caller.After(back, end);
        }
    }

    private static void End<T>(TaskCompletionSource<T> answer, T result, Exception? error)
    {
        if (error is null)
        {
            answer.TrySetResult(result);
        }
        else
        {
            answer.TrySetException(error);
        }
    }

    private void CrashIfAlive(SimulatedProcess caller)
    {
        if (caller.IsAlive)
        {
            Crash(caller);
        }
    }

    private void Tell(SimulatedProcess caller, Operation operation, Journey journey)
    {
        if (trace.IsOn)
        {
            trace.Write(caller.Name, $"{operation.Boundary} {operation.Name} {operation.NotificationId}{Describe(journey)}");
        }
    }

    private static string Describe(Journey journey) => journey switch
    {
        { Out: null } => " !request lost",
        { Back: null } => " !answer lost",
        { Crash: not CrashPoint.None } => $" !crash {journey.Crash}",
        { Refusal: { } refusal } => $" !refused: {refusal.Message}",
        { Error: { } error } => $" !ambiguous: {error.Message}",
        { Out.TotalSeconds: > 0.2 } => $" !arrives in {journey.Out.Value.TotalSeconds:0.0} s",
        _ => "",
    };
}
