using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Waybill.Infra.Data;
using Waybill.Infra.Deployment;

namespace Waybill.Infra.Network;

/// <summary>
/// Gateway endpoints, which cost nothing, in the services' subnets alone: for the table, and for the layers of images. The workers' subnets have
/// none: a receiver may well be a bucket of S3 in this region, and a route with a policy would cut it off.
/// Everything else goes through NAT, as an interface endpoint costs more than its traffic does here (docs/cost.md).
/// </summary>
internal static class Endpoints
{
    public static void AddTo(Vpc vpc, FixedNames names)
    {
        Gateway(vpc, "TableEndpoint", GatewayVpcEndpointAwsService.DYNAMODB, "TheTable", TablePolicy.ItemActions, [names.Table, .. names.Indexes]);
        Gateway(vpc, "LayersEndpoint", GatewayVpcEndpointAwsService.S3, "LayersOfImages", ["s3:GetObject"], [LayersOf(names.Settings.Region)]);
    }

    private static void Gateway(Vpc vpc, string id, GatewayVpcEndpointAwsService service, string sid, string[] actions, string[] resources)
    {
        var endpoint = vpc.AddGatewayEndpoint(id, new GatewayVpcEndpointOptions
        {
            Service = service,
            Subnets = [SubnetGroups.In(SubnetGroups.Services)],
        });

        endpoint.AddToPolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = sid,
            Principals = [new AnyPrincipal()],
            Actions = actions,
            Resources = resources,
        }));
    }

    /// <summary>Where ECR keeps layers, as its documentation on VPC endpoints names it.</summary>
    private static string LayersOf(string region) => $"arn:aws:s3:::prod-{region}-starport-layer-bucket/*";
}
