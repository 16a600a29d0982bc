namespace Waybill.Simulation.Model;

/// <summary>
/// Visits every state there is, breadth first, and then makes sure that from each of them a final state can be reached by steps
/// that are no faults: whatever happened, nobody has to help.
/// </summary>
internal sealed class ModelSearch
{
    private readonly Dictionary<ulong, int> _index = [];
    private readonly List<ModelState> _states = [];
    private readonly List<int> _cameFrom = [];
    private readonly List<(int From, int To)> _helpfulSteps = [];

    public int States => _states.Count;

    public long Steps { get; private set; }

    /// <summary>What was done at least once.</summary>
    public HashSet<string> Done { get; } = [];

    /// <returns>The way to a broken invariant, step by step; null when all hold.</returns>
    public IReadOnlyList<string>? Run()
    {
        Rows.Read();
        Visit(ModelRules.Start, -1);

        for (var current = 0; current < _states.Count; current++)
        {
            var state = _states[current];

            foreach (var step in ModelRules.From(state))
            {
                Steps++;
                Done.Add(step.What);

                if (ModelInvariants.Broken(state, step) is { } broken)
                {
                    return [.. WayTo(current), step.ToString(), $"BROKEN: {broken}"];
                }

                var next = Visit(step.Next.Reduced(), current);

                if (!step.IsFault)
                {
                    _helpfulSteps.Add((current, next));
                }
            }
        }

        return FirstStuck() is { } stuck ? [.. WayTo(stuck), "STUCK: no final state can be reached from here"] : null;
    }

    private int Visit(ModelState state, int cameFrom)
    {
        var key = state.Pack();

        if (!_index.TryGetValue(key, out var index))
        {
            index = _states.Count;
            _index[key] = index;
            _states.Add(state);
            _cameFrom.Add(cameFrom);
        }

        return index;
    }

    private int? FirstStuck()
    {
        var (starts, predecessors) = Predecessors();
        var reaches = new bool[_states.Count];
        var open = new Stack<int>(Enumerable.Range(0, _states.Count).Where(index => _states[index].IsFinal));

        while (open.TryPop(out var index))
        {
            if (reaches[index])
            {
                continue;
            }

            reaches[index] = true;

            for (var place = starts[index]; place < starts[index + 1]; place++)
            {
                open.Push(predecessors[place]);
            }
        }

        var stuck = Array.IndexOf(reaches, false);
        return stuck < 0 ? null : stuck;
    }

    /// <summary>Who leads to each state, all in one array, as there are millions.</summary>
    private (int[] Starts, int[] Predecessors) Predecessors()
    {
        var starts = new int[_states.Count + 2];

        foreach (var (_, to) in _helpfulSteps)
        {
            starts[to + 2]++;
        }

        for (var index = 2; index < starts.Length; index++)
        {
            starts[index] += starts[index - 1];
        }

        var predecessors = new int[_helpfulSteps.Count];

        foreach (var (from, to) in _helpfulSteps)
        {
            predecessors[starts[to + 1]++] = from;
        }

        return (starts, predecessors);
    }

    private List<string> WayTo(int index)
    {
        var way = new List<string>();

        for (; _cameFrom[index] >= 0; index = _cameFrom[index])
        {
            var reached = _states[index];
            way.Add(ModelRules.From(_states[_cameFrom[index]]).First(step => step.Next.Reduced() == reached).ToString());
        }

        way.Reverse();
        return way;
    }
}
