using Amazon.CDK.AWS.ECS;
using Constructs;

namespace Waybill.Infra.Services;

/// <summary>A container may do nothing that only root may.</summary>
internal static class Hardening
{
    public static LinuxParameters Of(Construct scope, string id)
    {
        var parameters = new LinuxParameters(scope, id);
        parameters.DropCapabilities(Capability.ALL);
        return parameters;
    }
}
