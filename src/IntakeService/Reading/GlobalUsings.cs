global using Waybill.Notifications.Reading;
global using Waybill.Notifications.Reading.Fields;
