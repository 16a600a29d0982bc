using Microsoft.Extensions.Options;
using Waybill.Receiving.Verification;

namespace Waybill.Receiving;

/// <summary>Ranges, by the attributes, and secrets, each by its name and without showing it.</summary>
[OptionsValidator]
internal sealed partial class WebhookRangesValidator : IValidateOptions<WebhookOptions>;

/// <inheritdoc cref="WebhookRangesValidator"/>
internal sealed class WebhookSecretsValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var faults = options.Secrets.Select((secret, index) => SecretKeys.FaultOf(secret, $"{WebhookOptions.SectionName}:{nameof(WebhookOptions.Secrets)}:{index}")).OfType<string>().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
