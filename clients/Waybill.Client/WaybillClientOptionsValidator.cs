using Microsoft.Extensions.Options;

namespace Waybill.Client;

/// <summary>Tells a host what is wrong about the settings.</summary>
internal sealed class WaybillClientOptionsValidator : IValidateOptions<WaybillClientOptions>
{
    public ValidateOptionsResult Validate(string? name, WaybillClientOptions options) =>
        WaybillClientRules.Problems(options).ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
