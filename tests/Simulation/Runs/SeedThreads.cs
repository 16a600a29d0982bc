namespace Waybill.Simulation.Runs;

/// <summary>Runs seeds on threads of their own: a run must neither share its thread nor find a synchronization context there.</summary>
internal static class SeedThreads
{
    public static T Alone<T>(Func<T> work)
    {
        T? result = default;
        Exception? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception exception)
            {
                error = exception;
            }
        });

        thread.Start();
        thread.Join();
        return error is null ? result! : throw new InvalidOperationException("A run broke off.", error);
    }

    /// <summary>Runs seeds in order on all cores until <paramref name="goOn"/> says no.</summary>
    /// <param name="goOn">Told of each result, from any thread.</param>
    public static void Each(IEnumerable<int> seeds, Func<int, RunResult> run, Func<RunResult, bool> goOn)
    {
        using var source = seeds.GetEnumerator();
        var stopped = false;

        int? Next()
        {
            lock (source)
            {
                return !stopped && source.MoveNext() ? source.Current : null;
            }
        }

        bool Work()
        {
            while (Next() is { } seed)
            {
                if (!goOn(Run(run, seed)))
                {
                    stopped = true;
                }
            }

            return true;
        }

        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() => Work())).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    /// <summary>A run that throws is a finding like any other.</summary>
    private static RunResult Run(Func<int, RunResult> run, int seed)
    {
        try
        {
            return run(seed);
        }
        catch (Exception exception)
        {
            return new RunResult(seed, [exception.ToString()], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, TimeSpan.Zero);
        }
    }
}
