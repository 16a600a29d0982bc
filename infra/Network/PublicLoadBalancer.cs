using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Waybill.Infra.Network;

/// <summary>The load balancer without listeners: those come with the services.</summary>
internal static class PublicLoadBalancer
{
    /// <summary>Longer than clients keep a connection unused, shorter than anything would wait for an answer.</summary>
    private static readonly Duration IdleTimeout = Duration.Seconds(60);

    private const int AccessLogDays = 90;

    public static ApplicationLoadBalancer Create(Construct scope, IVpc vpc, SecurityGroups groups)
    {
        var loadBalancer = new ApplicationLoadBalancer(scope, "LoadBalancer", new ApplicationLoadBalancerProps
        {
            Vpc = vpc,
            VpcSubnets = SubnetGroups.In(SubnetGroups.Public),
            InternetFacing = true,
            SecurityGroup = groups.LoadBalancer,
            DeletionProtection = true,
            DropInvalidHeaderFields = true,
            IdleTimeout = IdleTimeout,
        });

        loadBalancer.LogAccessLogs(AccessLogs(scope));
        return loadBalancer;
    }

    /// <summary>The load balancer writes its logs with S3's own encryption alone; a customer key is not supported there.</summary>
    private static Bucket AccessLogs(Construct scope) => new(scope, "AccessLogs", new BucketProps
    {
        BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
        Encryption = BucketEncryption.S3_MANAGED,
        EnforceSSL = true,
        ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
        LifecycleRules = [new LifecycleRule { Expiration = Duration.Days(AccessLogDays) }],
        RemovalPolicy = RemovalPolicy.RETAIN,
    });
}
