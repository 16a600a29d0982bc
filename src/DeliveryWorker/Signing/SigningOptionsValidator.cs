using Microsoft.Extensions.Options;
using Waybill.Notifications.Signing;

namespace Waybill.DeliveryWorker.Signing;

/// <summary>Its messages name the setting and never the secret.</summary>
internal sealed class SigningOptionsValidator : IValidateOptions<SigningOptions>
{
    private const int MaxSecrets = 5;

    public ValidateOptionsResult Validate(string? name, SigningOptions options)
    {
        string[] errors = [.. options.Owners.SelectMany(owner => Errors(owner.Key, owner.Value.Secrets))];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(string owner, List<string> secrets)
    {
        var section = $"{SigningOptions.SectionName}:Owners:{owner}:Secrets";

        if (secrets.Count is < 1 or > MaxSecrets)
        {
            yield return $"{section} must hold 1 to {MaxSecrets} secrets, not {secrets.Count}.";
        }

        foreach (var (index, secret) in secrets.Index())
        {
            if (SigningSecret.Parse(secret) is null)
            {
                yield return $"{section}:{index} must be '{SigningSecret.Prefix}' and the base 64 of {SigningSecret.MinBytes} to {SigningSecret.MaxBytes} bytes.";
            }
        }
    }
}
