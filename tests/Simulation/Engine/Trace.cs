using System.Globalization;

namespace Waybill.Simulation.Engine;

/// <summary>What happened, line by line, for people and for comparing two runs of one seed.</summary>
internal sealed class Trace(EventLoop loop, TextWriter? target)
{
    private readonly Dictionary<string, string> _labels = [];

    public bool IsOn => target is not null;

    public void Write(string who, string what) =>
        target?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{loop.Now.TotalSeconds,9:0.0000} {who,-12} {what}"));

    /// <summary>A short name for a random token, as tokens differ from run to run.</summary>
    public string Label(string token)
    {
        if (!_labels.TryGetValue(token, out var label))
        {
            label = $"lease-{_labels.Count + 1}";
            _labels[token] = label;
        }

        return label;
    }
}
