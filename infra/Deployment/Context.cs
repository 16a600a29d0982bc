using System.Globalization;
using Constructs;

namespace Waybill.Infra.Deployment;

/// <summary>Settings as CDK context gives them: <c>-c name=value</c>, or in cdk.json.</summary>
internal sealed class Context(Node node)
{
    public string? Text(string name)
    {
        var text = Convert.ToString(node.TryGetContext(name), CultureInfo.InvariantCulture);
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    public string Text(string name, string fallback) => Text(name) ?? fallback;

    /// <summary>Parts between commas.</summary>
    public IReadOnlyList<string> List(string name, string fallback) =>
        Text(name, fallback).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <exception cref="SettingException">It is not a number between the two.</exception>
    public int Number(string name, int fallback, int min, int max)
    {
        var text = Text(name, fallback.ToString(CultureInfo.InvariantCulture));

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new SettingException($"The context value {name} must be a number from {min} to {max}, not '{text}'.");
    }

    /// <exception cref="SettingException">It is neither true nor false.</exception>
    public bool Flag(string name) => Text(name, "false").ToUpperInvariant() switch
    {
        "TRUE" => true,
        "FALSE" => false,
        var other => throw new SettingException($"The context value {name} must be true or false, not '{other}'."),
    };

    /// <exception cref="SettingException">It is none of them.</exception>
    public string OneOf(string name, params string[] allowed)
    {
        var text = Text(name, allowed[0]);

        return allowed.Contains(text)
            ? text
            : throw new SettingException($"The context value {name} must be one of {string.Join(", ", allowed)}, not '{text}'.");
    }
}
