using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Egress;
using Waybill.DeliveryWorker.Fairness;
using Waybill.DeliveryWorker.Pacing;
using Waybill.DeliveryWorker.Signing;
using Waybill.Hosting;
using Waybill.Hosting.Sealing;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(WaybillTelemetry.Name);
builder.AddStatusClient();
builder.AddEgress();
builder.AddSealing();
builder.AddSigning();
builder.AddFairness();
builder.AddPacing();
builder.AddDelivery();

var app = builder.Build();

app.UseServiceDefaults();

await app.RunAsync();
