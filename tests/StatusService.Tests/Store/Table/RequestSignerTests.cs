using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Tests.Store.Table;

/// <summary>The SDK's signer is the measure: rules out a signature that AWS would refuse.</summary>
public sealed class RequestSignerTests
{
    private const string Target = "DynamoDB_20120810.PutItem";

    private static readonly ImmutableCredentials Lasting = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);
    private static readonly ImmutableCredentials Session = new("ASIAEXAMPLE", "another/secret", "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVz+token==");
    private static readonly ImmutableCredentials OtherSecret = new("AKIDEXAMPLE", "rotated", null);

    public static TheoryData<string, string, string, string, bool> Requests()
    {
        var data = new TheoryData<string, string, string, string, bool>();
        string[] bodies = ["", "{}", """{"TableName":"notifications","Item":{"pk":{"S":"größe 😀 \u0001"}}}""", new string('x', 300 * 1024)];
        string[] dates = ["2026-01-01T00:00:00Z", "2026-12-31T23:59:59+00:00", "2028-02-29T01:30:00+05:00"];
        (string Endpoint, string Region)[] places =
            [("https://dynamodb.eu-central-1.amazonaws.com", "eu-central-1"), ("http://127.0.0.1:8000", "us-east-1"), ("https://[::1]:8443/", "ap-southeast-2")];

        foreach (var body in bodies)
        {
            foreach (var date in dates)
            {
                foreach (var (endpoint, region) in places)
                {
                    data.Add(body, date, endpoint, region, false);
                    data.Add(body, date, endpoint, region, true);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Requests), DisableDiscoveryEnumeration = true)]
    public void A_signature_is_the_same_as_that_of_the_SDK(string body, string date, string endpoint, string region, bool withToken)
    {
        var credentials = withToken ? Session : Lasting;
        var at = DateTimeOffset.Parse(date, CultureInfo.InvariantCulture);

        var ours = Sign(new RequestSigner(region), body, at, endpoint, credentials);

        var theirs = SdkAuthorization(body, ours["X-Amz-Date"], endpoint, region, credentials);
        Assert.Equal(theirs, ours["Authorization"]);
        Assert.Equal(withToken ? Session.Token : null, ours.GetValueOrDefault("X-Amz-Security-Token"));
    }

    /// <summary>One signer lives as long as the process: rules out that it goes on with the key of yesterday or of a secret that was rotated.</summary>
    [Fact]
    public void A_signer_that_is_used_for_long_follows_the_day_and_the_secret()
    {
        var signer = new RequestSigner("us-east-1");
        var lateOneDay = new DateTimeOffset(2026, 3, 1, 23, 59, 59, TimeSpan.Zero);
        var early = lateOneDay.AddSeconds(1);

        (DateTimeOffset At, ImmutableCredentials Credentials)[] uses =
            [(lateOneDay, Lasting), (lateOneDay, Lasting), (early, Lasting), (early, OtherSecret), (early, Session), (lateOneDay, Lasting), (early, Lasting)];

        foreach (var (at, credentials) in uses)
        {
            var ours = Sign(signer, "{}", at, "http://127.0.0.1:8000", credentials);

            Assert.Equal(SdkAuthorization("{}", ours["X-Amz-Date"], "http://127.0.0.1:8000", "us-east-1", credentials), ours["Authorization"]);
        }
    }

    private static Dictionary<string, string> Sign(RequestSigner signer, string body, DateTimeOffset at, string endpoint, ImmutableCredentials credentials) =>
        signer.Headers(new Uri(endpoint), Target, Encoding.UTF8.GetBytes(body), credentials, at).ToDictionary(header => header.Key, header => header.Value);

    private static string SdkAuthorization(string body, string date, string endpoint, string region, ImmutableCredentials credentials)
    {
        var at = DateTime.ParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
        var request = new DefaultRequest(new PutItemRequest(), "AmazonDynamoDBv2")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Endpoint = new Uri(endpoint),
            Content = Encoding.UTF8.GetBytes(body),
            OverrideSigningServiceName = "dynamodb",
            AuthenticationRegion = region,
        };

        request.Headers["Content-Type"] = RequestSigner.ContentType;
        request.Headers["X-Amz-Target"] = Target;

        if (credentials.UseToken)
        {
            request.Headers["X-Amz-Security-Token"] = credentials.Token;
        }

        return DatedSigner.Authorization(request, credentials, region, at);
    }

    /// <summary>The SDK's steps, at a time of the test's choice: its own entry takes the clock's.</summary>
    private sealed class DatedSigner : AWS4Signer
    {
        public static string Authorization(DefaultRequest request, ImmutableCredentials credentials, string region, DateTime at)
        {
            InitializeHeaders(request.Headers, request.Endpoint, at);
            var bodyHash = Convert.ToHexStringLower(ComputeHash(request.Content));
            var headers = SortAndPruneHeaders(request.Headers);
            var canonical = CanonicalizeRequest(request.Endpoint, request.ResourcePath, request.HttpMethod, headers, "", bodyHash);
            var names = CanonicalizeHeaderNames(headers);

            return ComputeSignature(credentials, region, at, "dynamodb", names, canonical).ForAuthorizationHeader;
        }
    }
}
