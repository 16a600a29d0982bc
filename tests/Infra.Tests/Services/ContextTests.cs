using Waybill.Infra.Deployment;
using Waybill.Infra.Tests.Support;

namespace Waybill.Infra.Tests.Services;

/// <summary>Rules out that what a deployment is told is ignored, or that a mistake in it is found only by CloudFormation.</summary>
[Collection(DeployedCollection.Name)]
public sealed class ContextTests
{
    [Fact]
    public void Account_region_zones_and_architecture_can_be_others()
    {
        var deployed = Deployed.With(("account", "210987654321"), ("region", "eu-central-1"), ("architecture", "x64"), ("natGateways", "1"), ("zones", "eu-central-1a,eu-central-1c"));

        var subnets = deployed.OfType("AWS::EC2::Subnet").Select(subnet => subnet.Text("AvailabilityZone")).Distinct().Order();
        Assert.Equal(["eu-central-1a", "eu-central-1c"], subnets);
        Assert.Single(deployed.OfType("AWS::EC2::NatGateway"));
        Assert.All(deployed.OfType("AWS::ECS::TaskDefinition"), task => Assert.Equal("X86_64", (string?)task["RuntimePlatform"]!["CpuArchitecture"]));
        Assert.DoesNotContain(deployed.Documents.Values, document => document.ToJsonString().Contains("123456789012:table", StringComparison.Ordinal));
    }

    [Fact]
    public void Tasks_run_on_ARM_unless_told_otherwise() => Assert.All(Deployed.With().OfType("AWS::ECS::TaskDefinition"), task =>
        Assert.Equal("ARM64", (string?)task["RuntimePlatform"]!["CpuArchitecture"]));

    [Fact]
    public void Without_images_the_stacks_come_that_the_images_need()
    {
        var deployed = Deployed.With(("intakeDigest", ""), ("statusDigest", ""), ("workerDigest", ""), ("collectorDigest", ""), ("certificateArn", ""), ("publicHost", ""));
        Assert.Equal(["WaybillData", "WaybillNetwork", "WaybillRegistry"], deployed.Templates.Keys.Order());
    }

    [Fact]
    public void Plain_HTTP_is_served_when_asked_for_by_name()
    {
        var deployed = Deployed.With(("certificateArn", ""), ("publicHost", ""), ("allowHttp", "true"));
        var listeners = deployed.OfType("AWS::ElasticLoadBalancingV2::Listener").Select(listener => $"{listener.Text("Protocol")} {listener.Text("Port")}");

        Assert.Equal(["HTTP 80", "HTTP 8080"], listeners.Order());
    }

    [Fact]
    public void With_a_certificate_HTTPS_is_served_and_nothing_else()
    {
        var deployed = Deployed.With();

        Assert.All(deployed.OfType("AWS::ElasticLoadBalancingV2::Listener"), listener =>
        {
            Assert.Equal("HTTPS", listener.Text("Protocol"));
            Assert.StartsWith("ELBSecurityPolicy-TLS13", listener.Text("SslPolicy"), StringComparison.Ordinal);
            Assert.Equal(Deployed.Certificate, (string?)listener["Certificates"]![0]!["CertificateArn"]);
        });

        Assert.Equal("https://waybill.example.com:8443", Tasks.Environment(Tasks.Service(deployed, "intake"))["StatusService__PublicUrl"]);
    }

    [Theory]
    [InlineData("0", "")]
    [InlineData("2", "Sealing__Keys__0__Id=0_Id Sealing__Keys__0__Key=0_Key Sealing__Keys__1__Id=1_Id Sealing__Keys__1__Key=1_Key")]
    public void There_are_as_many_sealing_keys_as_the_deployment_says(string count, string settings)
    {
        var deployed = Deployed.With(("sealingKeys", count));

        Assert.All(["status", "worker"], name =>
        {
            var sealing = Tasks.Secrets(Tasks.Service(deployed, name)).Where(setting => setting.Key.StartsWith("Sealing__", StringComparison.Ordinal));
            Assert.Equal(settings, string.Join(' ', sealing.Select(setting => $"{setting.Key}={setting.Value.Field}").Order()));
        });
    }

    [Theory]
    [InlineData("certificateArn", "", "certificateArn")]
    [InlineData("publicHost", "", "publicHost")]
    [InlineData("allowHttp", "true", "not both")]
    [InlineData("allowHttp", "yes", "true or false")]
    [InlineData("intakeDigest", "", "intakeDigest")]
    [InlineData("workerDigest", "latest", "Tags are not taken")]
    [InlineData("architecture", "arm", "arm64, x64")]
    [InlineData("natGateways", "3", "from 1 to 2")]
    [InlineData("zones", "us-east-1a", "two or more")]
    [InlineData("tableIndexes", "1", "from 2 to 5")]
    [InlineData("apiKeys", "many", "from 0 to 50")]
    [InlineData("sealingKeys", "6", "from 0 to 5")]
    [InlineData("signingOwners", "acme", "acme=1,globex=2")]
    [InlineData("signingOwners", "acme=6", "1 to 5")]
    public void A_wrong_setting_is_refused_with_what_to_give(string name, string value, string says)
    {
        var error = Assert.Throws<SettingException>(() => Deployed.With((name, value)));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }
}
