using System.Net;
using Microsoft.Extensions.Options;

namespace Waybill.Hosting.Egress;

internal sealed class EgressOptionsValidator : IValidateOptions<EgressOptions>
{
    public ValidateOptionsResult Validate(string? name, EgressOptions options)
    {
        var cidrs = options.AllowedCidrs
            .Where(cidr => !IPNetwork.TryParse(cidr, out _))
            .Select(cidr => $"{EgressOptions.SectionName}:AllowedCidrs: '{cidr}' is not a network such as 10.20.0.0/16.");

        var ports = (options.DeniedPorts ?? [])
            .Where(port => port is < 1 or > ushort.MaxValue)
            .Select(port => $"{EgressOptions.SectionName}:DeniedPorts: {port} is not a port (1–65535).");

        string[] errors = [.. cidrs, .. ports];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
