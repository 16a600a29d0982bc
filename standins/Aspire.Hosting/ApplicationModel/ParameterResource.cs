namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is known when the application starts; a secret one is masked in the dashboard.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Func<string> _value;

    internal ParameterResource(string name, Func<string> value, bool secret)
        : base(name)
    {
        _value = value;
        Secret = secret;
    }

    public bool Secret { get; }

    public string? Description { get; set; }

    public bool EnableDescriptionMarkdown { get; set; }

    public string ValueExpression => $"{{{Name}.value}}";

    /// <exception cref="MissingParameterValueException">Configuration holds no value for it.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(_value());
}
